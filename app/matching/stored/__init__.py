"""An input, and whom it left, as bytes: written in the newest form, and read in every form so far.

`packing.py` says what is packed, and `named_arrays.py` how. `earlier_forms.py` lifts what earlier
releases stored to the newest form; `first_form.py` lifts the first form, which was JSON. To change
the form, raise NEWEST and add a step to LIFTS; or, where a new field has a default that says what
was true before, name it in DEFAULTS. Imports the engine's values and answers.
"""
