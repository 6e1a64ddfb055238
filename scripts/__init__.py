"""What is run by hand or by make, and is no part of the service.

`build_municipalities.py` makes the reference table of municipalities, `check_ocds.py` holds
exported contracts against OCDS's schema, `store_release.py` keeps what a release stores, for
tests/stored; what it stores is the life in `example_life.py`. `identity_numbers.py` measures which
texts are taken for identity numbers. `clients/` generates clients from the OpenAPI document and
lets each play the example.
"""
