"""Where clauses stand, and what is to be done about it.

In the order in which to read it: `test_clause_fulfilment`, `test_overview`, `test_follow_ups`,
`test_tasks`, `test_tasks_of_placements`. `task_cases` makes the clauses that tests of tasks need.
How a verdict is reached is tested in tests/services/fulfilment, its text in tests/api/words.
"""
