"""Handslag: from social clauses in public contracts to placements for people."""
