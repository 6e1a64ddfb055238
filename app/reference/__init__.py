"""Dated reference data that the code reads, each beside its file.

`municipalities.py` (csv), `code_lists.py` (occupations, CPV and languages; csv), `programmes.py`
with the checks they ask for (toml), `place_rates.py` (toml);
`likely_codes.py` says which code of a list was probably meant. Imports nothing of the app.
"""
