"""A proof holds, and no changed one does."""
