"""Match runs outside their request: one function, in `runs.py`, does a run, whoever calls it.

On SQLite the service has a child process, `child.py`, which `supervisor.py` looks after; on
PostgreSQL any number of `worker.py` are told by the queue. May import services and below.
"""
