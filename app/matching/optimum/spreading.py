"""Shortest distances from many nodes at once (Dijkstra, 1959), in integers."""

from heapq import heappop, heappush

from app.matching.kit import Indices, Ints, compiled

FAR = 2**62


@compiled
def spread(distance: Ints, indptr: Ints, target: Indices, length: Ints) -> None:
    """Lowers ``distance`` (k,) in place to the least over all paths; FAR where no path begins.

    ``indptr`` (k + 1,), ``target`` and ``length`` (links,): the links of each node, lengths >= 0.
    """
    heap = [(FAR, 0)]
    for node in range(len(distance)):
        if distance[node] < FAR:
            heappush(heap, (distance[node], node))
    while len(heap) > 0:
        nearest, node = heappop(heap)
        if nearest == FAR or nearest > distance[node]:
            continue
        for link in range(indptr[node], indptr[node + 1]):
            other, sum_ = target[link], nearest + length[link]
            if sum_ < distance[other]:
                distance[other] = sum_
                heappush(heap, (sum_, 0 + other))
