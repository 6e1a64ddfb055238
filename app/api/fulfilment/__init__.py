"""Where clauses stand, and what is to be done about it.

In the order in which to read it:

- `clause_fulfilment`: where one clause stands on a day: quantities, verdict, causes, text
- `overview`: where all clauses stand, or those of one contract, summed
- `follow_ups`: what was done to follow a clause up
- `tasks`: what is due, for whom and by when

They import `app.api.http` and `app.api.words`.
"""
