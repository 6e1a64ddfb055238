"""Use cases below HTTP, where a rule is easier to see there. Rooms as in `app/services`."""
