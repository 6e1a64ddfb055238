"""Optimal, proven, explained matching of candidates and slots. Needs numpy and scipy alone.

`engine.py` is the first door: candidates, slots and a policy in, an explained optimum out;
`assign`, from `optimum`, is the second: ready-made pairs with points. `one_pair.py` explains a
pair, `just_missed.py` tells what people just miss, `reserve_lists.py` who comes next,
`scenarios.py` what if. `pins.py` reads pinned and forbidden pairs; `errors.py` is what the engine
refuses. The rooms, from the ground up: `kit`, `values`, `sides` and `optimum`, `rules`, `pairs`,
`answers`, and beside the doors `proof` and `stored`.
"""

import ast
from importlib import import_module
from pathlib import Path
from typing import Any


def _rooms() -> dict[str, tuple[str, str]]:
    """By the names of the stub beside this file: module and name of each."""
    stub = ast.parse(Path(__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
    return {
        one.asname or one.name: (str(node.module), one.name)
        for node in stub.body
        if isinstance(node, ast.ImportFrom)
        for one in node.names
    }


_ROOMS = _rooms()
__all__ = sorted(_ROOMS)  # the stub is the one list


def __getattr__(name: str) -> Any:
    """Imported when it is asked for: who reads a verdict needs no solver."""
    if name not in _ROOMS:
        raise AttributeError(f"app.matching has no {name}")
    module, itself = _ROOMS[name]
    return getattr(import_module(module), itself)
