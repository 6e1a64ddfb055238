"""Starts a service of its own, plays the journey on it, and shows the result."""

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
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
    with ExitStack() as running:
        with _step(console, "En egen tjänst startar"):
            service = running.enter_context(own_service(DATABASE_FILE, "Östersunds kommun"))
            api = running.enter_context(service.client())
        with _step(console, "Avtal, platser och kandidater registreras, matchas och godkänns"):
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
        with ExitStack() as running:
            settings = {"HANDSLAG_BACKDATING_DAYS": "800"}
            with _step(console, "En tjänst till startar"):
                service = running.enter_context(own_service(file, "Östersunds kommun", settings))
                api = running.enter_context(service.client())
            with _step(console, "Placeringarna börjar, avbryts, ersätts och slutförs"):
                told = list(live_on(api, start))
        for fulfilment in told:
            show_fulfilment(console, fulfilment)


@contextmanager
def _step(console: Console, what: str) -> Iterator[None]:
    """Says what is done, and then how long it took."""
    console.print(f"{what} …", end="")
    started = time.perf_counter()
    yield
    seconds = f"{time.perf_counter() - started:.1f}".replace(".", ",")
    console.print(f" {seconds} s", highlight=False)


def _show_how_to_go_on(console: Console, service: OwnService) -> None:
    console.print("\nSe dig om i det som demon lämnade, på dokumentationssidan i en webbläsare:")
    settings = f"HANDSLAG_DATABASE_URL=sqlite:///{DATABASE_FILE} HANDSLAG_SECRET={service.secret}"
    for line in (
        f"  {settings} {sys.argv[0]} serve",
        f"  http://127.0.0.1:8000{BASE_PATH}/docs",
        f"  Authorize: {service.key}",
    ):
        console.print(line, soft_wrap=True, highlight=False)
