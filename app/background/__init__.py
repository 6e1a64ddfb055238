"""Match runs outside their request: one function does a run, whoever calls it.

On SQLite the service starts one child process when a run waits (``supervisor``, ``child``); on
PostgreSQL ``handslag worker`` takes them from the queue on any number of machines (``worker``).
"""
