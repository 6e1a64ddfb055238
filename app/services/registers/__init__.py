"""What is registered, with one file for each resource.

`suppliers.py`, `contracts.py`, `clauses.py` with `clause_versions.py` and `quantities.py`,
`slots.py` and `candidates.py`, both in bulk by `batches.py`, and with contracts under references
(`shared_references.py`); `known_codes.py` looks up what these name in official lists;
`programmes.py` and `gates.py` (of an organisation's own), `gate_checks.py`, `policies.py`,
`keys.py` with
`fingerprints.py` (of the secret with which they were made). May import ground.
"""
