"""The pages that the service shows of itself: the handbook and the types of problems."""
