"""The only package that knows HTTP: routes, wire shapes, security, problems, paging."""
