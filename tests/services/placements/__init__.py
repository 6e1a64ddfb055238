"""The one table of moves, move by move and role by role."""
