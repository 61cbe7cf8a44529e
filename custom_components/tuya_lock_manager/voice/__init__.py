"""What can be asked and done by voice: one set of handlers for sentences and for models.

They answer what the owner allowed, ask the manager for every change and hold no rule of
codes. `intent.py` and `llm.py` are their two doors.
"""
