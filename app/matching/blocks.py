"""Connected blocks: groups of slots and candidates that no feasible pair joins to others."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from app.matching.market import Edges


@dataclass(frozen=True, slots=True)
class Blocks:
    """``of_slot`` (S,) and ``of_candidate`` (n,): int64 block number, 0..count - 1.

    A slot or candidate without pairs is a block of its own.
    """

    count: int
    of_slot: NDArray[np.int64]
    of_candidate: NDArray[np.int64]


def connected_blocks(edges: Edges) -> Blocks:
    """Label the connected components of the pairs (breadth first, by scipy)."""
    nodes = edges.slots + edges.candidates
    indptr = np.concatenate([edges.indptr, np.full(edges.candidates, len(edges))])
    graph = csr_array(
        (np.ones(len(edges), dtype=np.int8), edges.candidate + edges.slots, indptr),
        shape=(nodes, nodes),
    )
    count, labels = connected_components(graph, directed=False)
    labels = labels.astype(np.int64)
    return Blocks(int(count), labels[: edges.slots], labels[edges.slots :])


def members(labels: NDArray[np.int64], count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Group equal labels: positions sorted by label (k,), and where each label starts (count+1,).

    Positions of one label keep their order.
    """
    order = np.argsort(labels, kind="stable")
    return order, np.searchsorted(labels[order], np.arange(count + 1))
