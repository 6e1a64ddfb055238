"""A report's value put into words of one language, once for all of its formats."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from app.api.fulfilment.clause_fulfilment import shown_balance
from app.api.http import Language
from app.api.reports.clause_shapes import (
    Amount,
    ReportedCauseOutput,
    ReportedClauseOutput,
    ReportedContractOutput,
    ReportedFollowUpOutput,
)
from app.api.reports.shapes import (
    BreakdownOutput,
    By,
    CellOutput,
    CountedOutput,
    PeriodOutput,
    PersonsOutput,
    PointOutput,
    ReportOutput,
    SeriesOutput,
    TotalOutput,
)
from app.api.words import report_words
from app.api.words.report_words import QUANTITIES, label
from app.api.words.verdict_texts import cause_text, verdict_text
from app.api.words.verdict_words import SHORT_VERDICTS
from app.models.follow_ups import FollowUp, FollowUpKind
from app.reference.municipalities import MUNICIPALITIES
from app.services.fulfilment.balance import required_quantity
from app.services.fulfilment.verdict import Cause, Fulfilment
from app.services.ground import Cell
from app.services.reports.persons import PersonsOfYear
from app.services.reports.reports import ContractReport, Report
from app.services.reports.sums import Counted, Standing, Unit, surplus_of, unit_of

# A correction is shown in place of what it corrects; what was recorded by mistake is not shown.
SHOWN = [kind for kind in FollowUpKind if kind != FollowUpKind.RECORDED_BY_MISTAKE]


def shown_report(report: Report, language: Language) -> ReportOutput:
    return ReportOutput(
        organisation=report.organisation,
        as_of=report.as_of,
        period=PeriodOutput(from_=report.first, to=report.last),
        contracts=[_contract(one, language) for one in report.contracts],
        totals=[
            TotalOutput(**_unit(unit, language), **_amounts(total))
            for unit, total in report.totals.items()
        ],
        series=[
            SeriesOutput(**_unit(unit, language), points=_points(standings))
            for unit, standings in report.standings.items()
        ],
        persons=None
        if report.persons is None
        else [_persons(year, language) for year in report.persons],
    )


def _contract(report: ContractReport, language: Language) -> ReportedContractOutput:
    contract, supplier = report.contract, report.supplier
    return ReportedContractOutput(
        contract_id=contract.id,
        reference=contract.reference,
        title=contract.title,
        supplier=supplier.name,
        organisation_number=supplier.organisation_number,
        start_date=contract.start_date,
        end_date=contract.end_date,
        clauses=[_clause(found, language) for found in report.clauses],
    )


def _clause(found: Fulfilment, language: Language) -> ReportedClauseOutput:
    clause, terms = found.clause, found.terms
    balance: dict[str, Any] = shown_balance(found)
    return ReportedClauseOutput(
        clause_id=clause.id,
        kind=terms.kind,
        purpose=terms.purpose,
        target_groups=terms.target_groups,
        minimum_months=terms.minimum_months,
        **_unit(unit_of(terms), language),
        required=required_quantity(terms),
        **balance,
        surplus=_surplus(found),
        verdict=found.verdict,
        verdict_name=_verdict_name(found, language),
        met_by_early_end_rule=found.by_early_end_rule,
        causes=[_cause(cause, terms.places is not None, language) for cause in found.causes],
        first_start_met=found.first_start_met,
        last_safe_start_date=found.last_safe_start,
        responsible=clause.responsible,
        next_follow_up_date=clause.next_follow_up_date,
        follow_ups=[
            _follow_up(one, language) for one in found.facts.follow_ups_on(found.as_of, *SHOWN)
        ],
        text=verdict_text(found, language),
    )


def _surplus(found: Fulfilment) -> Amount | None:
    required = required_quantity(found.terms)
    if required is None or found.balance is None:
        return None
    return _amount(surplus_of(Decimal(required), found.balance))


def _verdict_name(found: Fulfilment, language: Language) -> str:
    name = SHORT_VERDICTS[found.verdict][language]
    return label("by-early-end-rule", language, verdict=name) if found.by_early_end_rule else name


def _cause(cause: Cause, in_places: bool, language: Language) -> ReportedCauseOutput:
    return ReportedCauseOutput(
        code=cause.code,
        quantity=_amount(cause.quantity),
        constraint=cause.constraint,
        text=cause_text(cause, in_places, language),
    )


def _follow_up(follow_up: FollowUp, language: Language) -> ReportedFollowUpOutput:
    return ReportedFollowUpOutput(
        kind=follow_up.kind,
        name=report_words.FOLLOW_UPS[FollowUpKind(follow_up.kind)][language],
        on=follow_up.on,
        until=follow_up.until,
        reason=follow_up.reason,
    )


def _unit(unit: Unit | None, language: Language) -> dict[str, Any]:
    name = None if unit is None else report_words.UNITS[unit][language]
    return {"unit": unit, "unit_name": name}


def _points(standings: Iterable[Standing]) -> list[PointOutput]:
    return [
        PointOutput(day=one.day, **_amounts(one), counted=_counted(one.counted))
        for one in standings
    ]


def _counted(counted: Counted) -> CountedOutput:
    parts: dict[str, Decimal] = vars(counted)
    return CountedOutput(**{name: _amount(part) for name, part in parts.items()})


def _amounts(standing: Standing) -> dict[str, Any]:
    return {name: _amount(getattr(standing, name)) for name in QUANTITIES}


def _amount(quantity: Decimal) -> Amount:
    return int(quantity) if quantity == int(quantity) else float(quantity)


def _persons(persons: PersonsOfYear, language: Language) -> PersonsOutput:
    return PersonsOutput(
        year=persons.year,
        total=persons.total,
        breakdowns=[
            _breakdown("target-group", persons.by_target_group, language),
            _breakdown("outcome", persons.by_outcome, language),
            _breakdown("municipality", persons.by_municipality, language),
        ],
    )


def _breakdown(by: By, cells: Iterable[Cell], language: Language) -> BreakdownOutput:
    return BreakdownOutput(
        by=by,
        name=report_words.BREAKDOWNS[by][language],
        cells=[
            CellOutput(
                code=cell.code,
                name=_cell_name(by, cell.code, language),
                persons=cell.persons,
                suppressed=cell.code is None,
            )
            for cell in cells
        ],
    )


def _cell_name(by: str, code: str | None, language: Language) -> str:
    if code is None:
        return label("others", language)
    if by == "outcome":
        return report_words.OUTCOMES[code][language]
    return MUNICIPALITIES[code].name if by == "municipality" else code
