"""Tests of the API over HTTP, in the same rooms as app/api, and tests that go over every operation.

Over every operation that the OpenAPI document lists, whatever is added:

- `test_permissions`: every role and every owner, against the permission table
- `test_bad_input`: every way in which a call can be wrong
- `test_every_change_is_told`: what writes leaves an event
- `test_schemathesis`: random calls that follow the document
- `test_once`: fifty clients at the same moment, and each place is taken once
- `profile/`: the national API profile, requirement by requirement

They are served by `document` (the document as Python reads it), `world` with the fixtures of
`conftest` (one organisation with one of each resource), `wrongs` (wrong bodies made from a schema)
and `fuzzing` (how schemathesis is set up). `registering` makes over HTTP what a test leans on, and
serves every room.
"""
