"""Errors of commands as one line each, which says what to do and repeats no key."""

import re
from typing import Any

import typer
from alembic.util import CommandError
from pydantic import ValidationError
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError
from typer._click.exceptions import UsageError  # typer has no public name for it
from typer.core import TyperGroup

from app.errors import Busy, HandslagError, Unavailable
from app.settings import SecretMissing, Settings

KEY = re.compile(r"hs_\S+", re.IGNORECASE)


class Refused(Exception):
    """What the operator asked cannot be done; the message says why, in one line."""


class PlainErrors(TyperGroup):
    """Shows known errors as one line on stderr with exit code 1, never as a traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except UsageError as error:
            error.message = KEY.sub("hs_...", error.message)
            raise
        except Unavailable as error:
            line = f"The database does not answer: {getattr(error.__cause__, 'orig', error)}"
        except Busy:
            line = LOCKED
        except (Refused, SecretMissing, HandslagError, CommandError, ArgumentError) as error:
            line = str(error)
        except ValidationError as error:
            line = "; ".join(map(_told_plainly, error.errors()))
        except OperationalError as error:
            locked = "locked" in str(error.orig)
            line = LOCKED if locked else f"The database does not answer: {error.orig}"
        except DatabaseError as error:
            line = f"The database cannot be used: {error.orig}"
        except OSError as error:
            line = f"{error.strerror}: {error.filename}" if error.filename else str(error)
        typer.echo(" ".join(KEY.sub("hs_...", line).split()), err=True)
        raise typer.Exit(1)


LOCKED = (
    "The database is locked: another program holds it, such as a backup, or a tool in which a "
    "change is open. End that and try again."
)


def _told_plainly(finding: Any) -> str:
    """Names the wrong setting or argument, but not its value, which may be a secret."""
    name = "_".join(str(step) for step in finding["loc"])
    setting = f"HANDSLAG_{name.upper()}" if name in Settings.model_fields else name
    return f"{setting}: {str(finding['msg']).removeprefix('Value error, ')}"
