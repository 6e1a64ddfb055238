from datetime import date

from app.matching.kit import most_together


def test_one_after_the_other_are_never_two() -> None:
    stays = [(date(2018, 1, 1), date(2018, 3, 31)), (date(2018, 4, 1), date(2018, 6, 30))]
    assert most_together(stays, date(2018, 1, 1), date(2018, 12, 31)) == 1


def test_both_ends_count() -> None:
    stays = [(date(2018, 1, 1), date(2018, 4, 1)), (date(2018, 4, 1), date(2018, 6, 30))]
    assert most_together(stays, date(2018, 1, 1), date(2018, 12, 31)) == 2
    assert most_together(stays, date(2018, 4, 2), date(2018, 12, 31)) == 1
    assert most_together(stays, date(2018, 7, 1), date(2018, 12, 31)) == 0


def test_to_the_last_day_there_is() -> None:
    assert most_together([(date.max, date.max)], date.min, date.max) == 1
