"""Clients that are generated from the OpenAPI document, and what they must be able to do.

`check.py` (make check-clients) generates them and lets each play the Östersund journey;
`generators.py` is how each is made, and `commands.py` runs programs. `journeys/` holds the
journeys, a page in each client's own words: the integration examples beside
`app/demo/journey.py`. `npm/` pins what the TypeScript one needs, requirements/clients.txt the
others.
"""
