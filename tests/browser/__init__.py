"""The docs page and a report in a real browser; `make test-browser` runs them."""
