from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field as Limited
from pydantic import model_validator
from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlmodel import Field

from app.models.contracts import MAXIMUM_VALUE_SEK
from app.models.rows import JsonOf, Row, belongs_to, owned
from app.models.values import (
    Codes,
    Day,
    Days,
    Fields,
    Identifier,
    Line,
    Months,
    Percent,
    Prose,
    Value,
    contradiction,
)

ClauseKind = Literal["employment", "internship", "dialogue"]
MOST_PLACES = 10_000
MOST_FULL_TIME_MONTHS = 100_000
Places = Annotated[int, Field(ge=1, le=MOST_PLACES)]
FullTimeMonths = Annotated[int, Field(ge=1, le=MOST_FULL_TIME_MONTHS)]
Sek = Annotated[int, Limited(ge=1, le=MAXIMUM_VALUE_SEK)]
Per = Literal["place", "month"]
# These rules of law allow conditions on how a contract is carried out.
LEGAL_BASIS = "LOU (2016:1145) 17 kap. 1 §"
MOST_RECTIFICATION_DAYS = 3_650


class Rate(Value):
    """How many kronor of contract value make a place. From it the service proposes a quantity."""

    sek_per_place: Sek | None = None
    """The contract value that makes one place, in whole kronor: the buyer's own figure. Null: the
    reference rate for `kind`."""
    kind: Literal["works", "services"] | None = None
    """What is bought, whose reference rate counts on the contract's first day. Null: `sekPerPlace`
    alone counts."""

    @model_validator(mode="after")
    def _says_how_much(self) -> Self:
        if self.sek_per_place is None and self.kind is None:
            raise contradiction("", "give sekPerPlace, or the kind whose reference rate counts")
        return self


class Remedy(Value):
    """What follows when the quantity is missing: time to put it right, then a penalty; and the
    bonus for more than was asked."""

    rectification_days: Annotated[int, Limited(ge=0, le=MOST_RECTIFICATION_DAYS)] | None = None
    """Days that the supplier has to put right what is missing before any sanction. Null: the clause
    does not say."""
    penalty_sek: Sek | None = None
    """What the supplier pays for each place or month that is missing, in whole kronor. Null: no
    penalty."""
    penalty_per: Per | None = None
    """For what `penaltySek` is paid. Null exactly where that is."""
    bonus_sek: Sek | None = None
    """What the supplier is paid for each place or month beyond what is asked, in whole kronor.
    Null: no bonus."""
    bonus_per: Per | None = None
    """For what `bonusSek` is paid. Null exactly where that is."""

    @model_validator(mode="after")
    def _amounts_with_their_unit(self) -> Self:
        if (self.penalty_sek is None) != (self.penalty_per is None):
            raise contradiction("penaltyPer", "give penaltySek and penaltyPer both, or none")
        if (self.bonus_sek is None) != (self.bonus_per is None):
            raise contradiction("bonusPer", "give bonusSek and bonusPer both, or none")
        return self


class ClauseTerms(Fields):
    """What the supplier owes: the part of a clause that has versions."""

    kind: ClauseKind
    """What is asked of the supplier. A dialogue clause has no quantity and no slots."""
    places: Places | None = None
    """How many places the supplier owes, each filled by a stay of `minimumMonths`. Null where the
    clause counts full-time months or nothing."""
    minimum_months: Months | None = None
    """How many calendar months a stay must last to fill a place. Null without `places`."""
    full_time_months: FullTimeMonths | None = None
    """How many months of full time the supplier owes in all: half time for six months is three.
    Null where the clause counts places or nothing."""
    quantity_per_call_off: bool = False
    """Whether a framework's clause leaves the quantity to the clauses of its call-offs."""
    rate: Rate | None = None
    """How much contract value makes a place; `proposedQuantity` shows what it comes to. Null: no
    rate."""
    minimum_extent_percent: Percent | None = None
    """The least working time that counts, in percent of full time, inclusive. Null: any counts."""
    target_groups: Codes = Field(default=[])
    """Codes of the groups for whom it is; a person in one of them counts. Empty: anyone."""
    first_start_within_months: Months | None = None
    """Within how many months of the contract's first day somebody is to have started, or been
    offered to. Null: no such day."""
    early_end_share_percent: Percent | None = None
    """The share of the agreed days, inclusive, from which a stay counts in full though it ended
    early through the participant or for just cause. Null: it does not."""
    report_dates: Days = Field(default=[])
    """Days by which the supplier is to have reported once more; all within the contract."""
    subcontractors_may_fulfil: bool = False
    """Whether slots of the contract's subcontractors count too."""
    remedy: Remedy | None = None
    """What happens where the quantity is missing or exceeded. Null: the clause does not say."""
    effort_counts: bool = False
    """Whether documented efforts can excuse what is missing."""
    legal_basis: Line = LEGAL_BASIS
    """The rule of law that the clause rests on."""
    purpose: Prose | None = None
    """Why the clause was set, in a sentence, for evaluation. Null: not said."""


def has_slots(terms: ClauseTerms) -> bool:
    """Whether slots can be offered under the clause itself."""
    return terms.kind != "dialogue" and not terms.quantity_per_call_off


class ClauseFields(ClauseTerms):
    responsible: Line
    """Who follows the clause up: a role, a unit or a person at work."""
    next_follow_up_date: Day
    """The day of the next follow-up; a task asks for it then. At most 12 months ahead, or after the
    contract's start."""
    inherits_from_clause_id: Identifier | None = None
    """The framework's clause from which a call-off takes terms that it leaves out. Null: none."""
    effective_from: Day | None = None
    """In a change: the day from which the new terms hold; today unless given. Null in a new clause,
    which holds from the contract's first day."""

    @model_validator(mode="after")
    def _asks_for_one_quantity(self) -> Self:
        quantities = (self.places, self.minimum_months, self.full_time_months)
        is_given = any(quantity is not None for quantity in quantities)
        if self.kind == "dialogue" and (is_given or self.rate or self.quantity_per_call_off):
            raise contradiction("kind", "a dialogue clause has no quantity; leave it out")
        if self.quantity_per_call_off and is_given:
            raise contradiction("quantityPerCallOff", "leaves it to call-offs: give no quantity")
        if (self.places is None) != (self.minimum_months is None):
            raise contradiction("minimumMonths", "goes together with places: give both or none")
        if self.places is not None and self.full_time_months is not None:
            raise contradiction("places", "give places with minimumMonths, or fullTimeMonths")
        if self._must_say_how_much() and not is_given:
            raise contradiction("places", "give places with minimumMonths, or fullTimeMonths")
        return self

    def _must_say_how_much(self) -> bool:
        """A clause needs a quantity, unless call-offs or a rate, which may be inherited, set it."""
        proposes = self.rate is not None or self.inherits_from_clause_id is not None
        return not (self.kind == "dialogue" or self.quantity_per_call_off or proposes)


class ClauseColumns(ClauseTerms):
    """The columns of the terms, in the clause and in each of its versions."""

    kind: ClauseKind = Field(sa_type=String(20))
    rate: Rate | None = Field(default=None, sa_type=JsonOf(Rate))
    target_groups: list[str] = Field(default=[], sa_type=JsonOf(list[str]))
    report_dates: list[date] = Field(default=[], sa_type=JsonOf(list[date]))
    remedy: Remedy | None = Field(default=None, sa_type=JsonOf(Remedy))


PLACES_WITH_MONTHS = "(places IS NULL) = (minimum_months IS NULL)"
ONE_QUANTITY = (
    "(kind = 'dialogue' OR quantity_per_call_off) AND places IS NULL AND full_time_months IS NULL"
    " OR kind <> 'dialogue' AND NOT quantity_per_call_off"
    " AND (places IS NULL) <> (full_time_months IS NULL)"
)


class Clause(ClauseColumns, ClauseFields, Row, table=True):
    """The social obligation in a contract: what, how much, for whom, by when."""

    __tablename__ = "clauses"
    __table_args__ = owned(
        belongs_to("contract_id", "contracts"),
        belongs_to("inherits_from_clause_id", "clauses"),
        CheckConstraint(PLACES_WITH_MONTHS, name="places_with_months"),
        CheckConstraint(ONE_QUANTITY, name="one_quantity"),
    )

    contract_id: UUID = Field(index=True)
    next_follow_up_date: date
    inherits_from_clause_id: UUID | None = Field(default=None, index=True)
    effective_from: date | None = None


class ClauseVersion(ClauseColumns, Row, table=True):
    """A clause's terms from a day on, until the next version's day. Never changed."""

    __tablename__ = "clause_versions"
    __table_args__ = owned(
        UniqueConstraint("clause_id", "number"),
        belongs_to("clause_id", "clauses"),
        CheckConstraint(PLACES_WITH_MONTHS, name="places_with_months"),
        CheckConstraint(ONE_QUANTITY, name="one_quantity"),
    )

    clause_id: UUID
    number: int
    effective_from: date | None = None
