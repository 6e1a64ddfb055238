"""Match runs outside their request: a function in `runs.py` does a run for every kind of worker.

On SQLite the service starts a child process, `child.py`, which `supervisor.py` watches; on
PostgreSQL any number of `worker.py` take jobs from the queue. May import services and below.
"""
