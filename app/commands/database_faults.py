"""Why a database cannot be opened: which it is, and what to do. A password is never repeated."""

from pathlib import Path

from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError

NAMES = "HANDSLAG_DATABASE_URL names"
AT_SIGNS = (
    "HANDSLAG_DATABASE_URL has more than one @, and what follows the first is read as the host. "
    "Write an @ in the user or the password as %40."
)
# What the server or the driver says, and what to do then.
ADVICE = {
    "no password supplied": "it asks for a password: give it, as in postgresql://user:password@.",
    "password authentication failed": (
        "it refuses the user or the password. Correct them; signs such as @, : and / are written "
        "by percent, as %40, %3A and %2F."
    ),
    "failed to resolve host": "no host has that name. Correct it.",
    "could not translate host": "no host has that name. Correct it.",
    "Connection refused": (
        "nothing listens there. Start the PostgreSQL, or correct the host and the port."
    ),
    "No such file or directory": (
        "nothing listens there. Start the PostgreSQL, or correct the host and the port."
    ),
    "timeout expired": "it does not answer in time. Correct the host and the port.",
}


def has_stray_at(address: str, url: URL) -> bool:
    """Whether a part of the password would be read as the host, and told as such."""
    own = address.partition("?")[0]
    return own.count("@") > 1 or "@" in f"{url.host}{url.database}"


def why_not_opened(url: URL, error: DatabaseError) -> str:
    """One sentence on where the database should be, and one on what to do."""
    if url.get_backend_name() == "sqlite":
        return f"{NAMES} {_of_file(Path(url.database or ''), error)}"
    return f"{NAMES} {_of_server(url, str(error.orig))}"


def _of_file(file: Path, error: DatabaseError) -> str:
    if file.is_dir():
        return f"{file}, which is a folder: name a file in it."
    if not file.parent.is_dir():
        return f"{file}, in a folder that does not exist: create the folder, or name another file."
    if "not a database" in str(error.orig):
        return (
            f"{file}, which cannot be used: it is no SQLite database. Name another file; one that "
            "does not exist is created."
        )
    return (
        f"{file}, which cannot be used: {error.orig}. See that this user may read and write the "
        "file and its folder, and that the disk has room."
    )


def _of_server(url: URL, said: str) -> str:
    host = url.host or url.query.get("host") or "this machine"
    place = f"the PostgreSQL at {host}{f':{url.port}' if url.port else ''}"
    if f'database "{url.database}" does not exist' in said:
        return (
            f"{place}, which has no database {url.database}: create it, or name another. Then "
            "run: handslag migrate"
        )
    if f'role "{url.username}" does not exist' in said:
        return f"{place}, which has no user {url.username}: create it, or name another."
    told = next((advice for sign, advice in ADVICE.items() if sign in said), "")
    return f"{place}, which does not answer: {told or _without_password(url, said)}"


def _without_password(url: URL, said: str) -> str:
    for secret in (url.password, url.query.get("password")):
        if secret:
            said = said.replace(str(secret), "***")
    return said
