"""Processes and their memory; nothing here knows the domain.

`large_work.py` does in a child process what would block the server's threads; `in_parts.py` has
lists that go there and back without a long stretch of work; `large_bodies.py` lets in a few large
bodies at once; `garbage.py` makes Python collect garbage seldom where runs are done; `urgency.py`
lets answers come before work that can wait. Imports errors and settings.
"""
