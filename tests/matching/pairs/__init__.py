"""The pairs found in windows are those that a test of every pair finds."""
