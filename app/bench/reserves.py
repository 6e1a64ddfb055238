"""Those next in line for a place, of whom no one fits any longer; and one pair explained.

A run leaves PEOPLE of one occupation behind a single place; then a third of them no longer agree to
be proposed, a third are no longer available, and a third are cleared for no programme any more. The
list of reserves has to try each of them against today's rows, and finds none.
"""

import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col, select

from app.bench import instances
from app.bench.engine import RUNS, Row, repeated
from app.bench.instances import AS_OF
from app.bench.registers import as_registered, register
from app.clock import utc_now
from app.db import Database
from app.demo.journey import post
from app.demo.own_service import OwnService, own_service
from app.matching import Candidate as Person
from app.matching import Policy
from app.matching import Slot as Offer
from app.matching.one_pair import explained
from app.matching.rules.case import Case
from app.models.candidates import Candidate
from app.models.match_runs import MatchRun
from app.services.engine.snapshots import read_given
from app.services.registers.keys import authenticate
from app.services.runs.proposals import read_unmatched
from app.services.runs.reserves import list_reserves

SEED = 2018
PEOPLE = 10_000
PAIRS = 10_000


def measure_reserves(say: Callable[[str], None]) -> list[Row]:
    """Measure; half a minute, most of it the people's coming into the database."""
    snapshot, whole = nobody_left_who_fits()
    say(f"reserves: snapshot {snapshot:.3f} s, in all {whole:.3f} s of processor")
    times = f"{whole / snapshot:.1f} x reading the snapshot"
    return [
        Row("reserves, 10 000 who no longer fit", whole - snapshot, "s", 0.1, 0.05, times),
        Row("one pair explained", 1e6 * one_pair(), "µs", 50, 20, f"of {PAIRS} pairs"),
    ]


def nobody_left_who_fits() -> tuple[float, float]:
    """Seconds of processor to read the snapshot alone, and for the whole list."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "reserves.db"
        with own_service(file, "Exempelregionen") as service, service.client() as api:
            register(api, *as_registered(*people_behind_one_place()))
            run = post(api, "/match-runs", {"asOf": f"{AS_OF}"})
            (offer,) = api.get("/slots").json()["items"]
            path = f"/match-runs/{run['id']}/reserves?slotId={offer['id']}"
            if not api.get(path).raise_for_status().json()["items"]:
                raise AssertionError("The run left nobody who fits.")
            database = Database(f"sqlite:///{file}")
            with database.writing() as session:
                _let_nobody_fit(session)
            if api.get(path).raise_for_status().json()["items"]:
                raise AssertionError("Somebody still fits.")
            found = _measured(database, service, UUID(run["id"]), UUID(offer["id"]))
            database.dispose()
    return found


def _let_nobody_fit(session: Session) -> None:
    ids = session.exec(select(Candidate.id)).all()
    changes: list[dict[str, object]] = [
        {"agreed_to_be_proposed": False},
        {"available_to": AS_OF},
        {"programmes": []},
    ]
    for number, change in enumerate(changes):
        theirs = col(Candidate.id).in_(ids[number :: len(changes)])
        session.execute(update(Candidate).where(theirs).values(**change))


def people_behind_one_place() -> tuple[list[Person], list[Offer]]:
    people, (offer,) = instances.people_and_slots(SEED, PEOPLE, 1)
    offer = replace(
        offer,
        places=1,
        required=replace(offer.required, languages={}),
        extent=(50, 100),
        end=date(AS_OF.year + 2, 1, 1),
    )
    return [
        replace(
            person,
            occupations=(offer.ssyk,),
            position=offer.position,
            available_from=AS_OF,
            available_to=None,
            extent=(50, 100),
            needed_adaptations=frozenset(),
            programmes=(("arbetspraktik", 6),),
            avoided_suppliers=frozenset(),
            agreed_to_be_proposed=True,
        )
        for person in people
    ], [offer]


def _measured(
    database: Database, service: OwnService, run_id: UUID, slot_id: UUID
) -> tuple[float, float]:
    with database.reading() as session:
        actor = authenticate(session, service.secret, service.key, utc_now())

    def processor(step: Callable[[Session, MatchRun], object]) -> float:
        with database.reading() as session:
            run = session.get_one(MatchRun, run_id)
            started = time.process_time()
            step(session, run)
            return time.process_time() - started

    def snapshot(session: Session, run: MatchRun) -> None:
        read_given(session, run)
        read_unmatched(session, run)

    def whole(session: Session, run: MatchRun) -> None:
        list_reserves(session, actor, run, slot_id)

    return (
        median(processor(snapshot) for _ in range(RUNS)),
        median(processor(whole) for _ in range(RUNS)),
    )


def one_pair() -> float:
    """Seconds a pair, of feasible and other pairs as they come."""
    people, slots = instances.people_and_slots(SEED, PAIRS // 100, PAIRS // 10)
    policy, offers = Policy(), slots[:100]
    cases = [
        Case(one, offer, policy.occupation_digits, AS_OF) for one in people for offer in offers
    ]
    return repeated(lambda: [explained(case, policy) for case in cases]) / len(cases)
