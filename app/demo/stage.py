"""Starts a service of its own, lets the journey happen on it, and shows what came out."""

from pathlib import Path

from rich.console import Console

from app.api.state import BASE_PATH
from app.clock import today_in_sweden
from app.demo.example import months_later
from app.demo.journey import travel
from app.demo.tables import show_outcome
from app.own_service import OwnService, own_service

DATABASE_FILE = Path("handslag-demo.db")


def run_demo(console: Console) -> None:
    """The Östersund case, beginning next month, on a fresh SQLite file."""
    start = months_later(today_in_sweden(), 1)
    console.print(f"[bold]Östersund, avtalsstart {start}[/bold]; leverantör och personer påhittade")
    with own_service(DATABASE_FILE, "Östersunds kommun") as service, service.client() as api:
        outcome = travel(api, start)
    show_outcome(console, outcome)
    _show_how_to_go_on(console, service)


def _show_how_to_go_on(console: Console, service: OwnService) -> None:
    console.print("\nSe dig om i det som demon lämnade, på dokumentationssidan i en webbläsare:")
    settings = f"HANDSLAG_DATABASE_URL=sqlite:///{DATABASE_FILE} HANDSLAG_SECRET={service.secret}"
    for line in (
        f"  {settings} .venv/bin/handslag serve",
        f"  http://127.0.0.1:8000{BASE_PATH}/docs",
        f"  Authorize: {service.key}",
    ):
        console.print(line, soft_wrap=True, highlight=False)
