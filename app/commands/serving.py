"""The service as a process: its sockets, and what is said when it starts."""

import errno
import socket
from contextlib import suppress
from typing import Any

import structlog
import typer
import uvicorn
from fastapi import FastAPI
from sqlalchemy.engine import make_url

from app.commands.plain import Refused
from app.settings import BASE_PATH, Settings

NOT_HERE = {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}  # localhost is ::1 too, where IPv6 is on
EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104  # compared, not listened on


def run_service(service: FastAPI, sockets: list[socket.socket], options: dict[str, Any]) -> None:
    """Serves until stopped, by Ctrl-C or SIGTERM."""
    server = uvicorn.Server(uvicorn.Config(service, **options))
    port = sockets[0].getsockname()[1]
    structlog.get_logger().info(f"running on port {port}")  # uvicorn says so of its own sockets
    with suppress(KeyboardInterrupt):
        server.run(sockets=sockets)
    if not server.started:
        raise typer.Exit(1)


def tell_where(settings: Settings, host: str, port: int) -> None:
    typer.echo(f"Database: {make_url(settings.database_url).render_as_string()}")
    # With a path, the page loads what lies below that, which only the gateway takes away.
    behind = f"{settings.public_url}".rstrip("/") if settings.public_path else None
    typer.echo(f"Docs page: {f'{behind}{BASE_PATH}/docs' if behind else docs_page(host, port)}")
    typer.echo("Stop with Ctrl-C. The log goes to standard error, a line of JSON a request.")


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
            # Connections inherit it. Without it the end of an answer waits 40 ms for the client.
            sockets[-1].setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
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
