"""Runs around the engine: what is read, stored, and left when a person is forgotten.

`plain_reading.py` reads the same rows one by one; tests compare the reading in bulk with it.
"""
