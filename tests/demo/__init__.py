"""`make demo` shows a person the whole journey."""
