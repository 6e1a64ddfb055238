"""Which checks a text meets: all where it comes in to be stored, none where it is stored."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum, auto
from typing import Any


class Door(Enum):
    """`IN` leads into the database, `BY` past it, `OUT` out of it."""

    IN = auto()
    BY = auto()
    OUT = auto()


_door = ContextVar("door", default=Door.IN)


def present_door() -> Door:
    """The strictest unless something else is said."""
    return _door.get()


@contextmanager
def through(door: Door) -> Iterator[None]:
    before = _door.set(door)
    try:
        yield
    finally:
        _door.reset(before)


class Kept(str):
    """A text that is stored already: what was accepted once stays as it is until it is changed."""

    __slots__ = ()


def is_new(value: Any) -> bool:
    is_text = isinstance(value, str) and not isinstance(value, Kept)
    return is_text and present_door() != Door.OUT
