"""The API as one app: its routes, its OpenAPI document, and what it says of itself.

In the order in which to read it:

- `application`: every router, in the order of the document
- `description`: title, version and texts that stand before the first operation
- `openapi`: what the document says of every operation alike
- `failures`: how calls fail, once for each status
- `code_texts`: what it says of each value of an enumeration
- `walk`: its examples, each of which is a step of one walk; `example_days`: their dates
- `patch_shapes`: what a merge patch takes, as shapes with names
- `plain_schemas`: each schema says a thing once, so that generators of clients make one type of it
- `enumerations`: the names of lists of values
- `schemas`: every schema of the document, wherever it stands
- `docs_page`: the page on which people read and try all that, with its search
- `api_info`: the same description for programs to read
- `health`: whether the process lives, and whether it can serve

They import every room of api.
"""
