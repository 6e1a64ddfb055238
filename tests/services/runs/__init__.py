"""Runs around the engine: what is read, stored, and left when a person is forgotten.

`plain_reading.py` reads the same rows one by one, as the judge of what is read in bulk.
"""
