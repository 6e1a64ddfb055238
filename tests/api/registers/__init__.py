"""Operations on what is registered: one file for each resource of app/api/registers.

A file begins with valid calls; somebody else's, forbidden and wrong ones follow.
`test_clause_quantities` tests what a clause takes from its rate or its framework.
"""
