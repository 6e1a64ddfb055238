"""A placement and its extension: what they count together, and when they do not."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.services.fulfilment.clause_cases import MONTHS, done, on, placed, quantities

DAY = timedelta(days=1)
SPRING_START, SPRING_END = date(2018, 4, 1), date(2018, 7, 31)


class TestExtension:
    FIRST = done(end=date(2018, 6, 30))

    def test_fills_one_place_together(self) -> None:
        more = done(date(2018, 7, 1), extends=self.FIRST.id)
        assert quantities(on(date(2018, 9, 1), self.FIRST, more, places=2)) == {
            "delivered": 1,
            "missing": 1,
        }

    def test_counts_with_what_it_extends_while_it_runs(self) -> None:
        more = placed(date(2018, 7, 1), started=date(2018, 7, 1), extends=self.FIRST.id)
        assert quantities(on(date(2018, 7, 5), self.FIRST, more)) == {"active": 1}
        booked = placed(date(2018, 7, 1), extends=self.FIRST.id)
        assert quantities(on(date(2018, 6, 30), self.FIRST, booked)) == {"booked": 1}

    def test_is_not_needed_by_what_is_long_enough_alone(self) -> None:
        whole = done()
        more = placed(date(2018, 8, 1), date(2018, 9, 30), extends=whole.id)
        assert quantities(on(date(2018, 8, 5), whole, more)) == {"delivered": 1}

    def test_does_not_go_on_from_what_ended_early(self) -> None:
        """Two months and two months are not four where the first placement ended early."""
        left = placed(
            SPRING_START,
            date(2018, 6, 30),
            started=SPRING_START,
            ended=(date(2018, 5, 31), "participant"),
        )
        more = done(date(2018, 7, 1), date(2018, 8, 31), extends=left.id)
        assert quantities(on(date(2018, 9, 1), left, more)) == {"missing": 1}

    def test_does_not_go_on_from_what_never_began(self) -> None:
        planned = placed(SPRING_START, date(2018, 5, 31))
        more = placed(date(2018, 6, 1), date(2018, 7, 31), extends=planned.id)
        assert quantities(on(date(2018, 5, 31), planned, more)) == {"booked": 1}
        assert quantities(on(date(2018, 6, 1), planned, more)) == {"missing": 1}

    @pytest.mark.parametrize("terms", [{}, MONTHS])
    def test_of_what_was_called_off_is_called_off_too(self, terms: dict[str, Any]) -> None:
        """This holds also on days before the move was noted."""
        off = placed(SPRING_START, date(2018, 5, 31), cancelled=SPRING_START)
        more = placed(date(2018, 6, 1), date(2018, 9, 30), extends=off.id, cancelled=SPRING_END)
        assert set(quantities(on(date(2018, 6, 1), off, more, **terms))) == {"missing"}
