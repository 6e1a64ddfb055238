"""The national API profile 1.2.0: for each of its areas, the requirements as tests.

`test_addresses`, `test_messages`, `test_links`, `test_documentation` and `test_security` each name
the requirements that they test; `test_complete` checks that none is left out. `conftest` gives them
one database instead of both.
"""
