import numpy as np
import pytest

from app.matching.kit import NUMBA_IS_THERE, WITHOUT, Indices, Ints, Kernel, compiled, numba_is_used
from app.matching.optimum.spreading import FAR, spread


@compiled
def double(values: Ints, at: int) -> int:
    doubled: int = 2 * values[at]
    return doubled


@compiled
def sum_of_doubles(values: Ints) -> int:
    """Calls another kernel of its file."""
    total = 0
    for at in range(len(values)):
        total += double(values, at)
    return total


@compiled
def calls_another_file(lengths: Ints, target: Indices) -> None:
    spread(lengths, lengths, target, lengths)


def test_a_kernel_gives_the_same_compiled_and_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.arange(10)
    plain = sum_of_doubles.plain(values)
    assert sum_of_doubles(values) == plain == 90
    monkeypatch.setenv(WITHOUT, "1")
    assert not numba_is_used()
    assert sum_of_doubles(values) == 90


def test_numba_is_used_where_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(WITHOUT, raising=False)
    assert numba_is_used() == NUMBA_IS_THERE


def test_a_kernel_that_calls_one_of_another_file_is_refused() -> None:
    """Its compiled code would outlive a change there."""
    with pytest.raises(ImportError, match="calls spread of another file"):
        calls_another_file.plain(np.zeros(1, np.int64), np.zeros(1, np.int32))


def test_where_compiled_code_cannot_be_kept_it_is_compiled_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept: list[bool] = []

    def njit(cache: bool = False, nogil: bool = False) -> object:
        kept.append(cache)
        if cache:
            raise RuntimeError("no locator available")
        return lambda function: function

    monkeypatch.setattr("app.matching.kit.compiling.import_module", lambda name: Fake(njit))
    assert Kernel(double.function).fast(np.array([4]), 0) == 8
    assert kept == [True, False]


class Fake:
    def __init__(self, njit: object) -> None:
        self.njit = njit


def test_distances_spread_from_several_beginnings() -> None:
    """0 -> 1 -> 2 of lengths 5 and 1, and 3 -> 2 of length 4; nothing leads to 4."""
    for run in (spread, spread.plain):
        distance = np.array([0, FAR, FAR, 1, FAR])
        indptr, target = np.array([0, 1, 2, 2, 3, 3]), np.array([1, 2, 2], np.int32)
        run(distance, indptr, target, np.array([5, 1, 4]))
        assert distance.tolist() == [0, 5, 5, 1, FAR]
