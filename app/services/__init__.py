"""Use cases as functions of a session and an actor; they flush and never commit."""
