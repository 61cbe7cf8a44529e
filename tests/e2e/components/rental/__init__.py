"""A booking site as the end-to-end tests need it: its calendar is a file."""
