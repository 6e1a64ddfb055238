"""The Östersund case, as an integration script plays it, and what shows it.

`journey.py` is the script, one page long, and `later.py` what becomes of the placements;
`example.py` is what they send, `own_service.py` starts the service, and `stage.py` and `tables.py`
show it to a person. May import main and below.
"""
