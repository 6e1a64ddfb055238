"""Between rows and the engine: what is asked over columns says the same as of one pair."""
