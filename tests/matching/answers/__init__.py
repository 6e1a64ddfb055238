"""The answer: who goes where, who is left and why, from when to when."""
