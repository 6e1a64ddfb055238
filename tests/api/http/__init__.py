"""What every route has from app/api/http.

`test_guard` for keys, roles, media types, sizes and parameters; `test_paging` for lists;
`test_idempotency` for repeated calls; `test_bounds` for days and instants; `test_large_bodies` and
`test_parts_of_bodies` for how many are held, where and how they are read. Problems are tested in
tests/api/test_bad_input.py, wherever they can arise.
"""
