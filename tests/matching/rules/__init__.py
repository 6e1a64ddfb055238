"""Each rule at its limit, and its law, columns, counts and compiled code against each other."""
