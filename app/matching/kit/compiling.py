"""Runs one source compiled by numba where it is installed, and as plain Python where it is not.

A kernel is a function of arrays, integers and booleans that only indexes, compares and computes
on integers, so both ways give the same bytes. In plain Python its arrays are memoryviews, because
their elements are Python's integers, which are read several times faster than numpy's. Compiled
code is stored beside the source, in NUMBA_CACHE_DIR or in the user's cache, whichever can be
written. The first call in a process loads it, and the very first call compiles it.
"""

import os
from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from types import FunctionType
from typing import Any, Generic, ParamSpec, TypeVar, cast

import numpy as np

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

WITHOUT = "MATCHING_WITHOUT_NUMBA"
"""Environment variable: anything but nothing runs every kernel plain. For tests."""


NUMBA_IS_THERE = find_spec("numba") is not None


def numba_is_used() -> bool:
    """Whether kernels are compiled in this process."""
    return NUMBA_IS_THERE and not os.environ.get(WITHOUT)


class Kernel(Generic[Arguments, Result]):
    """A function that compiles itself when first called. Importing it imports no numba."""

    def __init__(self, function: Callable[Arguments, Result]) -> None:
        self.function = cast(FunctionType, function)
        self.__doc__ = function.__doc__

    def __call__(self, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        run = self.fast if numba_is_used() else self.plain
        return run(*args, **kwargs)

    def plain(self, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        """The same call without numba, whether numba is installed or not."""
        given = {name: _as_view(value) for name, value in kwargs.items()}
        result: Result = self._plain(*map(_as_view, args), **given)
        return result

    @cached_property
    def fast(self) -> Callable[Arguments, Result]:
        """The compiled function; numba must be installed."""
        found: Callable[Arguments, Result] = self._dispatcher
        return found

    @cached_property
    def _dispatcher(self) -> Any:
        linked = self._linked(lambda kernel: kernel._dispatcher)
        compiler = import_module("numba").njit
        try:
            return compiler(cache=True, nogil=True)(linked)
        except RuntimeError:  # no folder can be written: each process compiles anew
            return compiler(nogil=True)(linked)

    @cached_property
    def _plain(self) -> FunctionType:
        return self._linked(lambda kernel: kernel._plain)

    def _linked(self, resolve: "Callable[[Kernel[..., Any]], Any]") -> FunctionType:
        """The function with the kernels that it calls resolved. They must be in its own file:
        compiled code is renewed when that file changes, and not when another one does."""
        function, names = self.function, dict(self.function.__globals__)
        for name in function.__code__.co_names:
            called = names.get(name)
            if isinstance(called, Kernel):
                if called.function.__module__ != function.__module__:
                    raise ImportError(f"{function.__name__} calls {name} of another file")
                names[name] = resolve(called)
        linked = FunctionType(function.__code__, names, function.__name__, function.__defaults__)
        linked.__qualname__, linked.__module__ = function.__qualname__, function.__module__
        return linked


def compiled(function: Callable[Arguments, Result]) -> Kernel[Arguments, Result]:
    """Makes a kernel of a function."""
    return Kernel(function)


def _as_view(value: object) -> object:
    if isinstance(value, np.ndarray):
        return value.data
    if isinstance(value, tuple):  # a named tuple of arrays
        parts: list[Any] = [_as_view(part) for part in value]
        return type(value)(*parts)
    return value
