"""Texts of app/api/words: each in both languages, with every fact in words.

`test_matching_texts` calls the functions; `test_verdict_texts` reaches every verdict over HTTP.
What stands in files is tested in tests/api/reports.
"""
