"""What is registered: one file a resource.

`suppliers.py`, `contracts.py`, `clauses.py` with `clause_versions.py` and `quantities.py`,
`slots.py`, `candidates.py`, both in bulk by `batches.py`; `gate_checks.py`, `policies.py`,
`keys.py`. May import ground.
"""
