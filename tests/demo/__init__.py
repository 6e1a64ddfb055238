"""`make demo` shows what a person wants to see."""
