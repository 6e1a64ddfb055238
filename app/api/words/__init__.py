"""Texts in Swedish and English, made when they are read, in the language the caller prefers.

A file called `..._words` holds words as data, a file called `..._texts` makes sentences of them:

- `grammar`: words in both languages, nouns in one and in several, numbers as they are written
- `matching_words`, `matching_texts`: why a pair got its points, or cannot be
- `verdict_words`, `verdict_texts`: where one clause stands, and why
- `overview_texts`: where a contract's clauses stand together
- `task_words`, `report_words`, `ocds_words`: tasks, reports and releases, words and sentences alike
- `codes_page`: the handbook's page of codes, with what no other text says of them

They import `app.api.http`, for the languages, and what services, models and reference data call
things.
"""
