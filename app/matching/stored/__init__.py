"""An input, and whom it left, as bytes: written in the newest form, and read in every form so far.

`packing.py` says what is packed, and `named_arrays.py` how. `earlier_forms.py` lifts what earlier
releases stored to the newest form; `first_form.py` lifts the first form, which was JSON. To change
the form, raise NEWEST and add a step to LIFTS. A new field needs neither where its record declares
a default that says what was true before. Imports the engine's values and answers.
"""
