"""An input, and whom it left, as bytes.

`packing.py` says what is packed, `named_arrays.py` how. Imports the engine's values and answers.
"""
