"""Reference data follow their rules."""
