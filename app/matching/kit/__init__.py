"""What every room of the engine stands on: array types, compiling, threads.

`arrays.py` names the array types by what they hold, `compiled.py` compiles one source where numba
is installed, `threads.py` works in parts on all processors. Imports nothing of the engine.
"""
