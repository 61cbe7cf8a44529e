"""The pages behind the Configure button: codes for people who open no developer tools.

A step asks the manager, as an action does, and shows what came of it on a page whose
button goes back to the menu. Digits are in the description of that one page only.
"""
