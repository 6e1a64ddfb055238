"""One pair as plain values, which the laws read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.matching.values import Candidate, Fact, Slot, last_day

Facts = Mapping[str, Fact]

NO_FACTS: Facts = {}


@dataclass(frozen=True, slots=True)
class Case:
    """A candidate and a slot on the day of a run. ``digits``: how many first digits make an
    occupation near, by the policy. ``forbidden``: the caller has ruled the pair out."""

    person: Candidate
    slot: Slot
    digits: int
    as_of: date
    forbidden: bool = False

    @property
    def start(self) -> date:
        """The first day that both sides and the run allow."""
        return max(self.slot.earliest_start, self.person.available_from, self.as_of)

    @property
    def needed_until(self) -> date | None:
        """The last day of the slot's months from ``start``; None beyond the calendar."""
        return last_day(self.start, self.slot.minimum_months)

    def programme(self) -> tuple[str, int] | None:
        """Code and months of the first programme that is long enough and open there."""
        least, closed = self.slot.minimum_months, self.slot.closed_programmes
        for code, months in self.person.programmes:
            if months >= least and code not in closed:
                return code, months
        return None

    def proposed_end(self) -> date:
        """The latest day that the slot, the person and the programme allow."""
        end = self.slot.end
        if self.person.available_to is not None:
            end = min(end, self.person.available_to)
        if (chosen := self.programme()) is not None:
            limit = last_day(self.start, chosen[1])
            end = end if limit is None else min(end, limit)
        return end
