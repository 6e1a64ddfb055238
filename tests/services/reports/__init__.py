"""The days of a report, and its limits."""
