"""Optimal, proven, and the same by every way.

`flow_judge.py` (another solver) and `digest.py` (a digest from a process of its own) are programs
that tests start.
"""
