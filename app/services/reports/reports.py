"""Where clauses stand, for one contract or for all of an organisation's in a period.

Every format of a report is made from this value. Facts are read once; quantities over time are the
balance on each month's first day, computed from them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import FieldError, Invalid
from app.models.clauses import Clause, ClauseTerms
from app.models.contracts import Contract
from app.models.organisations import Organisation
from app.models.suppliers import Supplier
from app.services.fulfilment.balance import Balance, balance_on
from app.services.fulfilment.causes import causes_of
from app.services.fulfilment.facts import ClauseFacts
from app.services.fulfilment.hints import read_hints
from app.services.fulfilment.reading import read_facts
from app.services.fulfilment.stays import stays_on
from app.services.fulfilment.verdict import Fulfilment, fulfilment_of, with_call_offs
from app.services.ground import Actor, count_rows, find, select_visible
from app.services.reports.persons import PersonsOfYear, read_persons
from app.services.reports.sums import UNITS, Standing, Unit, sums_of

MOST_CLAUSES = 2_000
MOST_YEARS = 10
MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class ContractReport:
    contract: Contract
    supplier: Supplier
    clauses: tuple[Fulfilment, ...]


@dataclass(frozen=True)
class Report:
    """`totals` are of the day of the report; `standings` are of earlier days too, for contracts
    that had begun by then, and end with those totals.

    `persons` is None in the report of one contract, which counts no persons.
    """

    organisation: str
    first: date
    last: date
    as_of: date
    contracts: tuple[ContractReport, ...]
    totals: Mapping[Unit, Standing]
    standings: Mapping[Unit, tuple[Standing, ...]]
    persons: tuple[PersonsOfYear, ...] | None


@dataclass(frozen=True)
class ReportedClause:
    """A clause's facts, and those of the call-offs to which it leaves its quantity."""

    facts: ClauseFacts
    call_offs: Sequence[ClauseFacts] = ()

    def on(self, day: date) -> Fulfilment:
        heirs = [fulfilment_of(one, day) for one in self.call_offs]
        return with_call_offs(fulfilment_of(self.facts, day), heirs)


def report_contract(
    session: Session,
    actor: Actor,
    contract_id: UUID,
    as_of: date,
    first: date | None = None,
    last: date | None = None,
    most_clauses: int = MOST_CLAUSES,
) -> Report:
    """The report of a contract and its call-offs in the period; unless that is given, from the
    first to the last day of any of them."""
    contract = find(session, actor, Contract, contract_id)
    own = or_(col(Contract.id) == contract.id, col(Contract.framework_contract_id) == contract.id)
    every = list(session.exec(select_visible(Contract, actor).where(own)))
    period = (
        first or min(one.start_date for one in every),
        last or max(one.end_date for one in every),
    )
    _check_period(*period)
    in_period = and_(col(Contract.start_date) <= period[1], col(Contract.end_date) >= period[0])
    wanted = and_(own, or_(col(Contract.id) == contract.id, in_period))
    _check_clauses(session, actor, wanted, most_clauses)
    report = _report(session, actor, wanted, period, as_of, persons=None)
    itself_first = sorted(report.contracts, key=lambda one: one.contract.id != contract.id)
    return replace(report, contracts=tuple(itself_first))


def report_organisation(
    session: Session,
    actor: Actor,
    first: date,
    last: date,
    as_of: date,
    most_clauses: int = MOST_CLAUSES,
) -> Report:
    """The report of all contracts with a clause that run at some time in the period."""
    _check_period(first, last)
    carrying = select(Clause.contract_id).where(Clause.organisation_id == actor.organisation_id)
    wanted = and_(
        col(Contract.start_date) <= last,
        col(Contract.end_date) >= first,
        col(Contract.id).in_(carrying),
    )
    _check_clauses(session, actor, wanted, most_clauses)
    persons = read_persons(session, actor, first, last, as_of)
    return _report(session, actor, wanted, (first, last), as_of, persons)


def read_clauses(
    session: Session, actor: Actor, wanted: ColumnElement[bool]
) -> list[ReportedClause]:
    """The clauses of the wanted contracts, in as many queries as there are kinds of rows."""
    contract_ids = _ids_of(actor, wanted)
    own = select(Clause.id).where(
        Clause.organisation_id == actor.organisation_id, col(Clause.contract_id).in_(contract_ids)
    )
    with_heirs = select_visible(Clause, actor).where(
        or_(
            col(Clause.contract_id).in_(contract_ids),
            col(Clause.inherits_from_clause_id).in_(own),
        )
    )
    facts = read_facts(session, actor, with_heirs, every_slot=True)
    heirs = defaultdict(list)
    for one in facts:
        heirs[one.clause.inherits_from_clause_id].append(one)
    mine = set(session.exec(contract_ids))
    return [ReportedClause(one, heirs[one.clause.id]) for one in facts if one.contract.id in mine]


def days_of(first: date, last: date, as_of: date) -> list[date]:
    """The days of the chart: the period's first and last day and every month's first day, none of
    them after the report's day, and the report's day."""
    until = max(min(last, as_of), min(first, as_of))
    months = (
        date(year, month, 1)
        for year in range(first.year, until.year + 1)
        for month in range(1, MONTHS_OF_A_YEAR + 1)
    )
    return sorted(
        {min(first, until), *(day for day in months if first < day < until), until, as_of}
    )


def _check_period(first: date, last: date) -> None:
    if last < first:
        raise Invalid(FieldError("to", "is before from"))
    if last.year - first.year >= MOST_YEARS:
        advice = (
            f"the report would go from {first} to {last}, over more than {MOST_YEARS} calendar "
            "years; give from and to nearer to each other"
        )
        raise Invalid(FieldError("to", advice))


def _check_clauses(
    session: Session, actor: Actor, wanted: ColumnElement[bool], most_clauses: int
) -> None:
    if count_rows(session, _clauses_of(actor, wanted)) > most_clauses:
        advice = f"the period has over {most_clauses} clauses; make it shorter by from and to"
        raise Invalid(FieldError("to", advice))


def _report(
    session: Session,
    actor: Actor,
    wanted: ColumnElement[bool],
    period: tuple[date, date],
    as_of: date,
    persons: tuple[PersonsOfYear, ...] | None,
) -> Report:
    contracts = list(session.exec(select_visible(Contract, actor).where(wanted)))
    clauses = read_clauses(session, actor, wanted)
    hints = read_hints(session, actor, _clauses_of(actor, wanted), as_of)
    found = [one.on(as_of) for one in clauses]
    explained = [replace(one, causes=causes_of(one, hints)) for one in found]
    return Report(
        organisation=session.get_one(Organisation, actor.organisation_id).name,
        first=period[0],
        last=period[1],
        as_of=as_of,
        contracts=_by_contract(_read_suppliers(session, actor, wanted), contracts, explained),
        totals=sums_of(as_of, [(one.terms, one.balance) for one in found]),
        standings=_over_time([one.facts for one in clauses], days_of(*period, as_of), as_of),
        persons=persons,
    )


def _clauses_of(actor: Actor, wanted: ColumnElement[bool]) -> SelectOfScalar[Clause]:
    return select_visible(Clause, actor).where(col(Clause.contract_id).in_(_ids_of(actor, wanted)))


def _ids_of(actor: Actor, wanted: ColumnElement[bool]) -> SelectOfScalar[UUID]:
    return select(Contract.id).where(Contract.organisation_id == actor.organisation_id, wanted)


def _read_suppliers(
    session: Session, actor: Actor, wanted: ColumnElement[bool]
) -> dict[UUID, Supplier]:
    supplier_ids = select(Contract.supplier_id).where(
        Contract.organisation_id == actor.organisation_id, wanted
    )
    named = select_visible(Supplier, actor).where(col(Supplier.id).in_(supplier_ids))
    return {supplier.id: supplier for supplier in session.exec(named)}


def _by_contract(
    suppliers: Mapping[UUID, Supplier],
    contracts: Iterable[Contract],
    found: Iterable[Fulfilment],
) -> tuple[ContractReport, ...]:
    clauses = defaultdict(list)
    for one in found:
        clauses[one.contract.id].append(one)
    return tuple(
        ContractReport(contract, suppliers[contract.supplier_id], tuple(clauses[contract.id]))
        for contract in contracts
    )


def _over_time(
    clauses: Sequence[ClauseFacts], days: Iterable[date], as_of: date
) -> dict[Unit, tuple[Standing, ...]]:
    """By unit, the sums of each day, of clauses whose contract had begun; on the report's day, of
    all its clauses."""
    by_day = [
        sums_of(
            day,
            [
                _balance(one, day)
                for one in clauses
                if day == as_of or day >= one.contract.start_date
            ],
        )
        for day in days
    ]
    units = {unit: [sums[unit] for sums in by_day if unit in sums] for unit in UNITS}
    return {unit: tuple(standings) for unit, standings in units.items() if standings}


def _balance(facts: ClauseFacts, day: date) -> tuple[ClauseTerms, Balance | None]:
    """Only the part of a fulfilment that a chart shows, because the whole takes much longer."""
    terms = facts.terms_on(day)
    return terms, balance_on(facts, terms, stays_on(facts.placements, day), day)
