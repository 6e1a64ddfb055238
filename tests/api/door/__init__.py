"""The app put together: `test_openapi` for the document, `test_health` for what watches it."""
