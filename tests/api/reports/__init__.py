"""Reports, and contracts as open contracting data.

In the order in which to read it: `test_reports` (what a report says), `test_sums` (that its figures
agree), `test_periods` (which part of a contract's time), `test_persons` (that no person can be told
apart), `test_files` (CSV, Excel, HTML), `test_ocds`. `reporting` makes the contract that they
report on.
"""
