"""Between rows and the engine: answers computed on columns equal those for one pair."""
