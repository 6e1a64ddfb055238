"""Months, overlaps, and counts in which nobody can be told apart."""
