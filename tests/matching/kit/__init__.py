"""Compiled and plain give the same bytes."""
