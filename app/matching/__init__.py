"""Optimal, proven, explained matching of candidates and slots. Needs only numpy and scipy.

`engine.py` takes candidates, slots and a policy and gives an explained optimum; `assign`, from
`optimum`, takes ready-made pairs with points. `one_pair.py` explains a pair, `just_missed.py` lists
the slots that people just miss, `reserve_lists.py` who comes next, and `scenarios.py` compares an
input with a changed one. `pins.py` reads pinned and forbidden pairs; `errors.py` is what the engine
raises. The packages, from the lowest up: `kit`, `values`, `sides` and `optimum`, `rules`, `pairs`,
`answers`, and beside these files `proof` and `stored`.
"""

import ast
from importlib import import_module
from pathlib import Path
from typing import Any


def _rooms() -> dict[str, tuple[str, str]]:
    """Module and name of everything that the stub beside this file names."""
    stub = ast.parse(Path(__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
    return {
        one.asname or one.name: (str(node.module), one.name)
        for node in stub.body
        if isinstance(node, ast.ImportFrom)
        for one in node.names
    }


_ROOMS = _rooms()
__all__ = sorted(_ROOMS)  # only the stub lists them


def __getattr__(name: str) -> Any:
    """Imports a name when it is first used, because reading a verdict needs no solver."""
    if name not in _ROOMS:
        raise AttributeError(f"app.matching has no {name}")
    module, itself = _ROOMS[name]
    return getattr(import_module(module), itself)
