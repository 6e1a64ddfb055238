"""Reference data against the rules that it must follow."""
