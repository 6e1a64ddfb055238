"""Distances to the metre, occupations to the digit."""
