"""Runs outside their request, in processes of their own, ended at every moment."""
