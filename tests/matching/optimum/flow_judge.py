"""OR-Tools' min-cost flow as a judge, in a process of its own (it and HiGHS cannot share one).

Reads lists of {places, candidates, pairs: [slot, candidate, weight]}, one a line, from standard
input and answers each line with the best total weights.
"""

import json
import sys

from ortools.graph.python import min_cost_flow  # type: ignore[import-untyped]  # it has no types


def best_weight(places: list[int], candidates: int, pairs: list[list[int]]) -> int:
    """Each candidate sends one unit to a slot or, for nothing, past them all."""
    flow = min_cost_flow.SimpleMinCostFlow()
    sink, past = len(places) + candidates, len(places) + candidates + 1
    for slot, candidate, weight in pairs:
        flow.add_arc_with_capacity_and_unit_cost(len(places) + candidate, slot, 1, -weight)
    for slot, room in enumerate(places):
        flow.add_arc_with_capacity_and_unit_cost(slot, sink, room, 0)
    for candidate in range(candidates):
        flow.add_arc_with_capacity_and_unit_cost(len(places) + candidate, past, 1, 0)
        flow.set_node_supply(len(places) + candidate, 1)
    flow.add_arc_with_capacity_and_unit_cost(past, sink, candidates, 0)
    flow.set_node_supply(sink, -candidates)
    assert flow.solve() == flow.OPTIMAL
    return -int(flow.optimal_cost())


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps([best_weight(**instance) for instance in json.loads(line)]), flush=True)
