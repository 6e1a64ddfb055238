"""Databases of earlier releases, one packed SQLite file each, which this code must read.

scripts/example_life.py fills them; scripts/store_release.py adds the next one. `releases.py` turns
a file into a database, `reading.py` reads everything from it, and `traces.py` looks for what is
left of a deleted person. Read these first, then the tests.

| file | stored by | how it keeps what a run was given, and whom it left |
|---|---|---|
| `5ba3c7c` | the last commit before 1a184b2 | form 0: a JSON document; a row for each person |
| `830a133` | that commit | form 1, before a slot knew the placements in it |
| `a00c5f4` | the last commit before 3ac0b56 | as 830a133; unmatched people as columns, as there |
| `0.1.0` | release 0.1.0 | form 2 |
"""
