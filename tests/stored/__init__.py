"""Databases as releases left them, one packed SQLite file each, and that this code can read them.

What they are filled with is in scripts/example_life.py; scripts/store_release.py adds the next one.
Read `releases.py` for how a file becomes a database, `reading.py` for what is asked of it, and
`traces.py` for what is looked for when a person has left; then the tests.

| file | stored by | how it keeps what a run was given, and whom it left |
|---|---|---|
| `5ba3c7c` | the last commit before 1a184b2 | form 0: a JSON document; a row for each person |
| `830a133` | that commit | form 1, before a slot knew the placements in it |
| `a00c5f4` | the last commit before 3ac0b56 | as 830a133; unmatched people as columns, as there |
| `0.1.0` | release 0.1.0 | form 2 |
"""
