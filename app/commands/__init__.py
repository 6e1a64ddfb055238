"""What the commands that concern an installation do; `app.cli` has the list of all commands.

- `plain`: an error is one line, and no line repeats a key
- `database_faults`: why a database cannot be opened, and what to do
- `opened`: the settings, the secret and the database of a command
- `organising`: organisations and their keys
- `serving`: the service, and what is said when it starts
"""
