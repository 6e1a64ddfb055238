"""The service as a process: its sockets, and what is said when it starts."""

import errno
import socket
from contextlib import ExitStack, suppress
from typing import Annotated

import structlog
import typer
import uvicorn
from sqlalchemy.engine import make_url

from app.api.http import BASE_PATH
from app.commands.opened import database_with_secret, pepper_of, settings_of_environment
from app.commands.plain import Refused
from app.logs import log_as_json
from app.main import create_app, server_options
from app.processes.garbage import collect_seldom

NOT_HERE = {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}  # localhost is ::1 too, where IPv6 is on
EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104  # compared, not listened on


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", min=0, max=65535)] = 8000,
) -> None:
    """Serve the API until stopped. Needs HANDSLAG_SECRET.

    On PostgreSQL, large match runs wait for a `handslag worker` on the same database.
    """
    settings = settings_of_environment()
    with database_with_secret(settings, pepper_of(settings)):
        pass
    sockets = listening(host, port)
    with ExitStack() as closing:
        for one in sockets:
            closing.enter_context(one)
        typer.echo(f"Database: {make_url(settings.database_url).render_as_string()}")
        typer.echo(f"Docs page: {docs_page(host, sockets[0].getsockname()[1])}")
        typer.echo("Stop with Ctrl-C. The log goes to standard error, a line of JSON a request.")
        log_as_json()
        service = create_app(settings)
        collect_seldom()
        config = uvicorn.Config(service, host=host, port=port, **server_options(settings))
        server = uvicorn.Server(config)
        address = docs_page(host, sockets[0].getsockname()[1]).removesuffix("/docs")
        structlog.get_logger().info(f"running on {address}")  # uvicorn says so of its own sockets
        with suppress(KeyboardInterrupt):  # Ctrl-C is how people end it
            server.run(sockets=sockets)
    if not server.started:
        raise typer.Exit(1)


def docs_page(host: str, port: int) -> str:
    shown = EVERY_ADDRESS.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}{BASE_PATH}/docs"


def listening(host: str, port: int) -> list[socket.socket]:
    """A socket for each address of the host; refused with advice where none can be had."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as error:
        raise Refused(f"--host {host}: no such address here ({error.strerror}).") from error
    sockets: list[socket.socket] = []
    for family, address in dict.fromkeys((one[0], one[4]) for one in found):
        try:
            sockets.append(socket.create_server(address, family=family))
        except OSError as error:
            if error.errno in NOT_HERE and len(found) > 1:
                continue
            for other in sockets:
                other.close()
            raise Refused(_why_not(host, port, error)) from error
    if not sockets:
        raise Refused(f"--host {host}: no such address here.")
    return sockets


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken: another program listens there, perhaps a Handslag that still "
            "runs. Stop that, or give another port with --port."
        )
    if error.errno == errno.EACCES:
        return f"Port {port} is not for this user: give one from 1024 with --port."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"--host {host}: this machine has no such address."
    return f"--host {host} --port {port}: {error.strerror}."
