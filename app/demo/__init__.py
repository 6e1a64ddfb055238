"""The Östersund case as an integration script drives it, and the stage it is shown on.

`journey.py` is the script, one page, and `later.py` what becomes of the placements; `example.py`
is what they send, `own_service.py` the service they start, `stage.py` and `tables.py` what a
person sees. May import main and below.
"""
