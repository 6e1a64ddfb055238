"""Starts a service of its own, plays the journey on it, and shows the result."""

from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from app.api.http import BASE_PATH
from app.clock import today_in_sweden
from app.demo.example import months_later
from app.demo.journey import travel
from app.demo.later import live_on, long_enough_ago
from app.demo.own_service import OwnService, own_service
from app.demo.tables import show_fulfilment, show_outcome

DATABASE_FILE = Path("handslag-demo.db")


def run_demo(console: Console) -> None:
    """Plays the Östersund case, beginning next month, on a fresh SQLite file."""
    start = months_later(today_in_sweden(), 1)
    console.print(f"[bold]Östersund, avtalsstart {start}[/bold]; leverantör och personer påhittade")
    with own_service(DATABASE_FILE, "Östersunds kommun") as service, service.client() as api:
        outcome = travel(api, start)
    show_outcome(console, outcome)
    _show_how_it_goes_on(console)
    _show_how_to_go_on(console, service)


def _show_how_it_goes_on(console: Console) -> None:
    """Plays another contract of the same kind, which began a year ago, to its end."""
    start = long_enough_ago(today_in_sweden())
    console.print(f"\n[bold]Så går det vidare, om avtalet började {start}[/bold]")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "later.db"
        running = own_service(file, "Östersunds kommun", {"HANDSLAG_BACKDATING_DAYS": "800"})
        with running as service, service.client() as api:
            for fulfilment in live_on(api, start):
                show_fulfilment(console, fulfilment)


def _show_how_to_go_on(console: Console, service: OwnService) -> None:
    console.print("\nSe dig om i det som demon lämnade, på dokumentationssidan i en webbläsare:")
    settings = f"HANDSLAG_DATABASE_URL=sqlite:///{DATABASE_FILE} HANDSLAG_SECRET={service.secret}"
    for line in (
        f"  {settings} .venv/bin/handslag serve",
        f"  http://127.0.0.1:8000{BASE_PATH}/docs",
        f"  Authorize: {service.key}",
    ):
        console.print(line, soft_wrap=True, highlight=False)
