"""Programmes and gates that an organisation may name: reference data, and its own beside it.

Rows are only ever added. Of a gate the newest row counts. Of a programme the row with the latest
first day counts on any day from there on, and of those with the same first day the newest.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import TypeVar

from sqlmodel import Session, col

from app.errors import Conflict, FieldError, Invalid
from app.models.gates import GateFields, OwnGate
from app.models.programmes import OwnProgramme, ProgrammeFields
from app.reference.likely_codes import are_alike, likeliest
from app.reference.programmes import GATES, PROGRAMMES, Gate, KnownProgrammes, Programme
from app.services.ground.calendar import DAY
from app.services.ground.permissions import Actor
from app.services.ground.records import select_visible

MOST_GUESSES = 100  # in one call: each takes a fifth of a millisecond, and a batch has many codes
Own = TypeVar("Own", OwnProgramme, OwnGate)


def read_known_programmes(
    session: Session, actor: Actor, known_at: datetime | None = None
) -> KnownProgrammes:
    """All that the organisation can name, as registered by that moment (None: by now)."""
    gates = {row.code: _own_gate(row) for row in _rows(session, actor, OwnGate, known_at)}
    own = _dated(_rows(session, actor, OwnProgramme, known_at))
    return KnownProgrammes((*PROGRAMMES, *own), MappingProxyType({**GATES, **gates}))


def refuse_unknown_programmes(known: KnownProgrammes, named: Mapping[str, str]) -> None:
    """Invalid where one of the codes, by its pointer, is no programme."""
    _refuse_unknown("programme", known.codes, known.guesses, named)


def refuse_unknown_gates(known: KnownProgrammes, named: Mapping[str, str]) -> None:
    """Invalid where one of the codes, by its pointer, is no gate."""
    _refuse_unknown("gate", known.gates, known.guesses, named)


def refuse_taken_code(what: str, code: str, known: Collection[str], given: Collection[str]) -> None:
    """A 409 for a code of the reference data, and for one that reads like another code: else a
    misspelling would only have to be registered, to be free of every check."""
    if code in given:
        raise Conflict("already-exists", f"The {what} {code} is in the reference data already.")
    if code in known:
        return  # the organisation's own, once more
    like = next((one for one in sorted(known) if are_alike(one, code)), None)
    if like is not None:
        raise Conflict(
            "already-exists", f"It reads like {like}, which exists: use that, or another code."
        )


def refuse_programme_out_of_force(known: KnownProgrammes, code: str, day: date) -> None:
    """A 409 for a programme that is not in force on the day, or that nobody knows: none of its
    checks can be passed then."""
    if known.on(code, day) is not None:
        return
    if code not in known.codes:
        raise Conflict(
            "gates-missing",
            f"{code} is no programme that is known here, so every check of the employer counts as "
            "missing. Register it with POST /programmes, or use one that GET /programmes lists.",
        )
    first = min(one.valid_from for one in known.programmes if one.code == code)
    when = f"only from {first} on" if day < first else "no longer"
    raise Conflict(
        "gates-missing",
        f"{code} holds {when}, not on {day}, so every check of the employer counts as missing. "
        "Choose another day or programme: GET /programmes shows which holds when.",
    )


def _rows(
    session: Session, actor: Actor, model: type[Own], known_at: datetime | None
) -> Iterable[Own]:
    query = select_visible(model, actor)
    if known_at is not None:
        query = query.where(col(model.created_at) <= known_at)
    return session.exec(query)


def _dated(rows: Iterable[OwnProgramme]) -> Iterator[Programme]:
    """The rows that count, each until the day before the next one of its code."""
    newest = {(row.code, row.valid_from): row for row in rows}
    counting = [newest[key] for key in sorted(newest)]
    for number, row in enumerate(counting):
        later = [one.valid_from for one in counting[number + 1 :] if one.code == row.code]
        yield _own_programme(row, later[0] - DAY if later else None)


def _own_programme(row: OwnProgramme, valid_to: date | None) -> Programme:
    values = row.model_dump(include=set(ProgrammeFields.model_fields)) | {"id": row.id}
    return Programme(**values | {"gates": tuple(row.gates), "valid_to": valid_to})


def _own_gate(row: OwnGate) -> Gate:
    return Gate(**row.model_dump(include=set(GateFields.model_fields)), id=row.id)


def _refuse_unknown(
    what: str,
    codes: Collection[str],
    guesses: dict[str, str | None],
    named: Mapping[str, str],
) -> None:
    unknown = {pointer: code for pointer, code in named.items() if code not in codes}
    for code in unknown.values():
        if code not in guesses and len(guesses) < MOST_GUESSES:
            guesses[code] = likeliest(code, codes)
    if unknown:
        told = {pointer: _advice(what, guesses.get(code)) for pointer, code in unknown.items()}
        raise Invalid(*(FieldError(pointer, detail) for pointer, detail in told.items()))


def _advice(what: str, meant: str | None) -> str:
    likely = f" Did you mean {meant}?" if meant else ""
    return (
        f"is no {what} that is known here.{likely} GET /{what}s lists them; an organisation "
        f"registers its own with POST /{what}s."
    )
