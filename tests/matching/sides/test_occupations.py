import pytest

from app.matching.sides.occupations import nearness, nearness_table, shared_digits


@pytest.mark.parametrize(
    ("wish", "digits", "expected"),
    [
        ("7111", 3, 1000),
        ("711", 3, 950),
        ("71", 3, 900),
        ("7", 3, 850),
        ("7112", 3, 700),
        ("7122", 3, 0),
        ("7122", 2, 450),
        ("7222", 2, 0),
        ("7222", 1, 250),
        ("9310", 1, 0),
        ("7112", 4, 0),
        ("712", 2, 450),
        ("72", 1, 250),
        ("72", 3, 0),
    ],
)
def test_nearness_to_7111(wish: str, digits: int, expected: int) -> None:
    assert nearness(wish, "7111", digits) == expected


def test_shared_digits_are_counted_from_the_first() -> None:
    assert shared_digits("7111", "7011") == 1
    assert shared_digits("7111", "9111") == 0


@pytest.mark.parametrize("digits", [1, 2, 3, 4])
def test_the_table_says_what_each_wish_says(digits: int) -> None:
    wishes = ["7111", "7112", "711", "712", "71", "7", "9", "9310", "1"]
    codes = ["7111", "7121", "9310"]
    expected = [[nearness(wish, code, digits) for code in codes] for wish in wishes]
    assert nearness_table(wishes, codes, digits).tolist() == expected
