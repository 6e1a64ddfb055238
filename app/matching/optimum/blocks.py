"""Connected blocks: groups of slots and candidates that no feasible pair joins to others."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from app.matching.kit import Ints
from app.matching.optimum.market import Edges


@dataclass(frozen=True, slots=True)
class Blocks:
    """``of_slot`` (S,) and ``of_candidate`` (n,): int64 block number, 0..count - 1.

    A slot or candidate without pairs is a block of its own.
    """

    count: int
    of_slot: Ints
    of_candidate: Ints


def one_block(edges: Edges) -> Blocks:
    """Everything as one block, connected or not."""
    return Blocks(1, np.zeros(edges.slots, np.int64), np.zeros(edges.candidates, np.int64))


def connected_blocks(edges: Edges) -> Blocks:
    """Label the connected components of the pairs (breadth first, by scipy)."""
    nodes = edges.slots + edges.candidates
    indptr = np.concatenate([edges.indptr, np.full(edges.candidates, len(edges))])
    graph = csr_array(
        (np.ones(len(edges), dtype=np.int8), edges.candidate + edges.slots, indptr),
        shape=(nodes, nodes),
    )
    count, labels = connected_components(graph, directed=False)
    of_node: Ints = labels.astype(np.int64)
    return Blocks(int(count), of_node[: edges.slots], of_node[edges.slots :])


def members(labels: Ints, count: int) -> tuple[Ints, Ints]:
    """Group equal labels: positions sorted by label (k,), and where each label starts (count+1,).

    Positions of one label keep their order.
    """
    order = np.argsort(labels, kind="stable")
    return order, np.searchsorted(labels[order], np.arange(count + 1))
