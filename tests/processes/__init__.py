"""The child process that does large work: what it returns, raises and survives."""
