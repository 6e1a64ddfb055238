"""What people read in a browser about the service: the handbook, and what each problem means.

In the order in which to read it:

- `documents`: the pages and pictures of docs, wherever they lie
- `rendering`: one of those pages as HTML, with links and headings that lead
- `handbook`: the routes below the base path
- `problem_types`: the addresses that problem documents name as their type

They import `app.api.http` and `app.api.words`.
"""
