"""Runs outside their request, in processes of their own, which are killed at every moment."""
