"""Columns, checks and months."""
