"""docs/codes.md, made from the code: every code that a caller meets, and what it means. The OpenAPI
document tells the values of its enumerations in the same words.

A new code gets its explanation in the file of its subject, or the page cannot be written:

- `problems`, `match_runs`, `clauses`, `proposals`, `placements`, `employers`, `roles`, `registers`,
  `reports`: the tables, in the order of the page. Words that texts use too come from the other
  files of `words`
- `table`: what a table is, and how it becomes Markdown
- `page`: all of them, one after the other
"""
