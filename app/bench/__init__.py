"""What is measured, and on which instances.

`report.py` runs everything. Instances: `instances.py` (records), `national.py` (columns),
`markets.py` (ready-made pairs), `organisations.py` and `registers.py` (rows over HTTP). Measured:
`engine.py` against `rivals.py`, `whole.py`, `stored.py` and `reserves.py`; `over_http.py`,
`reads.py`, `large_bodies.py` and `followed_up.py`. `page.py` renews the handbook's page. May import
everything but command and cli.
"""
