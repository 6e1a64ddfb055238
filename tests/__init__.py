"""The same folders as `app`, and what all of them share.

`conftest.py` (a real SQLite file and a real PostgreSQL for each test), `postgresql.py` (its
server), `make.py` (rows), `callers.py` (calls as a system makes them), `journeys.py` (from rows to
decisions), `house.py` (the project as the house rules see it). The tests in this folder are of the
files at the top of the app.
"""
