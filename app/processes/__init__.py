"""Processes and their memory; nothing here knows the domain.

`large_work.py` does in a child process what would block the server's threads; `garbage.py` makes
Python collect garbage seldom where runs are done. Imports errors and settings.
"""
