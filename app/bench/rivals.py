"""The solvers with which the engine is compared: each solves the same weighted pairs.

Seconds are those of the solver alone, without building its input. Run as a program, because only
developers have OR-Tools: ``python -m app.bench.rivals FILE.npz flow|sparse|dense``.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
from ortools.graph.python import min_cost_flow  # type: ignore[import-untyped]  # it has no types
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from app.matching.kit import Indices, Ints

Given = dict[str, Ints]
Answer = tuple[float, int]


def flow(given: Given) -> Answer:
    """SimpleMinCostFlow: each candidate sends one unit to a slot or, for nothing, past them all."""
    slots, candidates = len(given["places"]), int(given["candidates"])
    sink, past = slots + candidates, slots + candidates + 1
    people = np.arange(slots, slots + candidates)
    solver = min_cost_flow.SimpleMinCostFlow()
    pairs, ones = len(given["slot"]), np.ones(candidates, np.int64)
    solver.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([given["candidate"] + slots, np.arange(slots), people, [past]]),
        np.concatenate(
            [given["slot"], np.full(slots, sink), np.full(candidates, past), [sink]]
        ).astype(np.int64),
        np.concatenate([np.ones(pairs, np.int64), given["places"], ones, [candidates]]),
        np.concatenate([-given["weight"], np.zeros(slots + candidates + 1, np.int64)]),
    )
    solver.set_nodes_supplies(people, ones)
    solver.set_node_supply(sink, -candidates)
    start = time.perf_counter()
    status = solver.solve()
    seconds = time.perf_counter() - start
    if status != solver.OPTIMAL:
        raise RuntimeError(f"min-cost flow ended as {status}")
    return seconds, -int(solver.optimal_cost())


def sparse(given: Given) -> Answer:
    """min_weight_full_bipartite_matching: a row for each place, with a dummy column of its own."""
    slot, indptr = np.repeat(np.arange(len(given["places"])), given["places"]), given["indptr"]
    length = np.diff(indptr)[slot]
    dearest, count = int(given["weight"].max()) + 1, len(slot)
    people, column = np.unique(given["candidate"], return_inverse=True)
    begin = np.concatenate([[0], np.cumsum(length + 1)])
    columns, costs = np.empty(begin[-1], np.int32), np.empty(begin[-1])
    for row, (first, last) in enumerate(zip(indptr[slot], indptr[slot + 1], strict=True)):
        columns[begin[row] : begin[row + 1] - 1] = column[first:last]
        costs[begin[row] : begin[row + 1] - 1] = dearest - given["weight"][first:last]
    columns[begin[1:] - 1], costs[begin[1:] - 1] = len(people) + np.arange(count), dearest
    matrix = csr_array((costs, columns, begin), shape=(count, len(people) + count))
    start = time.perf_counter()
    rows, chosen = min_weight_full_bipartite_matching(matrix)
    seconds = time.perf_counter() - start
    real = chosen < len(people)
    return seconds, worth(given, slot[rows[real]], people[chosen[real]])


def dense(given: Given) -> Answer:
    """linear_sum_assignment on all places x all candidates."""
    slot = np.repeat(np.arange(len(given["places"])), given["places"])
    costs = np.zeros((len(given["places"]), int(given["candidates"])))
    costs[given["slot"], given["candidate"]] = -given["weight"]
    cost = costs[slot]
    start = time.perf_counter()
    row, column = linear_sum_assignment(cost)
    seconds = time.perf_counter() - start
    real = cost[row, column] < 0
    return seconds, worth(given, slot[row[real]], column[real])


def worth(given: Given, slot: Ints, candidate: Indices | Ints) -> int:
    """The total worth of the pairs, summed as Python's integers, which cannot overflow."""
    count = int(given["candidates"])
    key = given["slot"].astype(np.int64) * count + given["candidate"]
    return sum(given["weight"][np.searchsorted(key, slot * count + candidate)].tolist())


if __name__ == "__main__":
    with np.load(Path(sys.argv[1])) as file:
        stored = {name: file[name] for name in file.files}
    print(json.dumps({"flow": flow, "sparse": sparse, "dense": dense}[sys.argv[2]](stored)))
