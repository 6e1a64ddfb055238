"""A match run as tables in the terminal, for a person to read."""

from rich.console import Console
from rich.table import Table

from app.demo.journey import Json, Outcome


def show_outcome(console: Console, outcome: Outcome) -> None:
    _show_proposals(console, outcome)
    _show_unmatched(console, outcome)
    _show_unfilled(console, outcome)
    _show_verdict(console, outcome)


def _show_proposals(console: Console, outcome: Outcome) -> None:
    table = Table(title="Förslag, alla godkända", title_justify="left", show_lines=True)
    for heading in ("Kandidat", "Plats", "Poäng", "Varför"):
        table.add_column(heading)
    for proposal in outcome.proposals:
        kind = "avtalad" if proposal["contractual"] else "frivillig"
        table.add_row(
            outcome.candidates[proposal["candidateId"]]["reference"],
            f"{outcome.slots[proposal['slotId']]['title']}, {kind}\n"
            f"{proposal['startDate']} till\n{proposal['endDate']}",
            str(proposal["points"]),
            "\n".join(f"{part['points']}: {part['text']}" for part in proposal["criteria"]),
        )
    console.print(table)


def _show_unmatched(console: Console, outcome: Outcome) -> None:
    table = Table(title="Utan förslag, och varför", title_justify="left")
    for heading in ("Kandidat", "Skäl", "Nära"):
        table.add_column(heading)
    for left in outcome.unmatched:
        table.add_row(
            outcome.candidates[left["candidateId"]]["reference"],
            "\n".join(reason["text"] for reason in left["reasons"]),
            "\n".join(
                f"{outcome.slots[near['slotId']]['title']}: {near['text']}"
                for near in left["nearMisses"]
            ),
        )
    console.print(table)


def _show_unfilled(console: Console, outcome: Outcome) -> None:
    for left in outcome.unfilled:
        title = outcome.slots[left["slotId"]]["title"]
        reasons = " ".join(reason["text"] for reason in left["reasons"])
        console.print(f"Ledigt kvar: {title}, {left['placesLeft']} platser. {reasons}")


def _show_verdict(console: Console, outcome: Outcome) -> None:
    objective, certificate = outcome.run["objective"], outcome.run["certificate"]
    proven = "bevisat bästa möjliga" if certificate["optimal"] else "inte bevisat"
    console.print(
        f"{objective['contractualPlacesFilled']} avtalade platser och "
        f"{objective['placesFilled']} platser i allt, {objective['points']} poäng: {proven}, "
        f"{certificate['pairsChecked']} möjliga par prövade."
    )
    show_fulfilment(console, outcome.fulfilment)


def show_fulfilment(console: Console, fulfilment: Json) -> None:
    console.print(f"[bold]Villkoret {fulfilment['asOf']}: {fulfilment['verdict']}[/bold]")
    console.print(fulfilment["text"])
