"""What concerns processes and their memory, and nothing of the domain.

`large_work.py` does in a child process what would hold up the server's threads; `garbage.py` says
how seldom Python looks for garbage where runs are done. Imports errors and settings.
"""
