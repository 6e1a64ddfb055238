"""Where clauses stand, to read, print, sum and publish.

In the order in which to read it:

- `reports`: the routes
- `report_links`: addresses that open a report without a key
- `shapes`, with `clause_shapes`: what a report holds, in every format
- `contents`: a report put into the words of one language
- `formats`: which format a call asks for, and how it is sent
- `tables`: the rows of a report, for the formats that are tables
- `csv_file`; `workbook` and `sheets` (Excel); `page`, `chart` and `report.html` (to print)
- `ocds`, `ocds_release`, `ocds_shapes`: a contract as open contracting data

They import `app.api.http`, `app.api.words`, and from `app.api.fulfilment` how quantities are shown.
"""
