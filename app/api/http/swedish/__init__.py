"""What problem documents say, in Swedish.

The code raises its errors in English; here each sentence is put into Swedish, by its words.

- `kinds`: when each problem comes
- `sentences`: finds a sentence in the tables, with what stands in its gaps
- `checked`: what pydantic says of a field, by the type of its finding
- `door`, `registers`, `placements`, `runs`: the service's own sentences, by theme

They import nothing of the app but each other.
"""
