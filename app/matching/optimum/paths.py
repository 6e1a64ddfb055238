"""Optimal prices by successive shortest paths over slots with capacities, in integers.

The Hungarian method on adjacency lists (Kuhn, 1955; Edmonds and Karp, 1972): each place in turn
is offered along the shortest chain of exchanges, which ends in a candidate without a place or in
a place that is better left empty.

1. A slot r has a price p[r]; a matched candidate j keeps c[j] = own[j] - p[slot_of[j]], others 0.
   Always p[r] + c[j] >= weight, with equality on the pairs in use.
2. From the new place, search by distance (Dijkstra): slot a reaches slot b through a candidate j
   of b at p[a] + c[j] - weight; it ends in a free candidate at p[a] - weight, in an empty place
   at p[a].
3. Lower the price of each slot nearer than the end by the difference, and exchange along the way.

A slot's pairs are read from the best on, until the first free candidate or until the rest cannot
improve the chain. Where people outnumber places, that is some hundredths of the pairs, so they
are sorted only as far as they are read. Where places are scarce, what a candidate keeps matters
more than points: a list that is read often is ordered anew, by points less c. As c only grows,
that order remains an upper bound. A weight is the slot's bonus plus the pair's points; no sum
here is above three times the largest weight.
"""

from heapq import heappop, heappush

from app.matching.kit import Indices, Ints, compiled
from app.matching.optimum.path_columns import FAR, LEVELS, Found, Lists, Tree

FIRST_LOOK = 16
WEIGH_ANEW = 4
"""A list is weighed anew when so many times its length has been read."""


@compiled
def is_worse(worth: Ints, one: int, other: int) -> bool:
    """Whether the one is worth less, or is worth as much and comes later."""
    return worth[one] < worth[other] or (worth[one] == worth[other] and one > other)


@compiled
def sink(
    order: Indices, worth: Ints, first: int, heap: int, size: int, at: int, place: int
) -> None:
    """Sinks ``place`` from ``at`` in a heap that has the worst on top."""
    while 2 * at + 1 < size:
        below = 2 * at + 1
        if below + 1 < size:
            beside = first + order[heap + below + 1]
            if is_worse(worth, beside, first + order[heap + below]):
                below += 1
        if not is_worse(worth, first + order[heap + below], first + place):
            break
        order[heap + at] = order[heap + below]
        at = below
    order[heap + at] = place


@compiled
def make_heap(order: Indices, worth: Ints, first: int, heap: int, size: int) -> None:
    for at in range(size // 2 - 1, -1, -1):
        sink(order, worth, first, heap, size, at, order[heap + at])


@compiled
def empty_heap(order: Indices, worth: Ints, first: int, heap: int, size: int) -> None:
    """Moves the worst from the top to the end, until the best come first."""
    for end in range(size - 1, 0, -1):
        place = order[heap + end]
        order[heap + end] = order[heap]
        sink(order, worth, first, heap, end, 0, place)


@compiled
def look_further(lists: Lists, slot: int) -> None:
    """Sorts as many more pairs of a slot as are sorted already, but at least FIRST_LOOK.

    It takes one pass with a heap of the best so far; of equals the earlier candidate comes first.
    """
    first, ready, order = lists.indptr[slot], lists.ready[slot], lists.order
    worths = lists.points
    degree, heap = lists.indptr[slot + 1] - first, first + ready
    wanted = min(max(FIRST_LOOK, ready), degree - ready)
    last = order[heap - 1] if ready > 0 else -1
    ceiling = worths[first + last] if ready > 0 else FAR
    size, worst = 0, -FAR
    for place in range(degree):
        worth = worths[first + place]
        if worth <= worst or worth > ceiling or (worth == ceiling and place <= last):
            continue
        if size < wanted:
            order[heap + size] = place
            size += 1
            if size == wanted:
                make_heap(order, worths, first, heap, size)
        else:
            sink(order, worths, first, heap, size, 0, place)
        if size == wanted:
            worst = worths[first + order[heap]]
    empty_heap(order, worths, first, heap, size)
    for at in range(heap, heap + size):
        pair = first + order[at]
        lists.person[at], lists.worth[at] = lists.candidate[pair], lists.points[pair]
        lists.most[at] = lists.points[pair]
    lists.ready[slot] = ready + size


@compiled
def weigh_anew(lists: Lists, found: Found, slot: int) -> None:
    """Orders a slot's whole list by points less what the candidates keep now, by levels.

    Each level reaches twice as far below the best as the one before; each pair is read as if it
    were the best of its level. So nothing has to be sorted.
    """
    first, last, top = lists.indptr[slot], lists.indptr[slot + 1], -FAR
    for pair in range(first, last):
        person = lists.candidate[pair]
        rival, kept = found.slot_of[person], 0
        if rival >= 0:
            kept = found.own[person] - found.price[rival]
        lists.bound[pair] = lists.points[pair] - kept
        top = max(top, lists.bound[pair])
    for level in range(LEVELS):
        lists.begin[level], lists.ceiling[level] = 0, -FAR
    for pair in range(first, last):
        gap, level = top - lists.bound[pair], 0
        while gap > 0:
            gap, level = gap >> 1, level + 1
        lists.level[pair] = level
        lists.begin[level + 1] += 1
        lists.ceiling[level] = max(lists.ceiling[level], lists.bound[pair])
    for level in range(1, LEVELS):
        lists.begin[level] += lists.begin[level - 1]
    for pair in range(first, last):
        level = lists.level[pair]
        at = first + lists.begin[level]
        lists.begin[level] += 1
        lists.order[at], lists.most[at] = pair - first, lists.ceiling[level]
        lists.person[at], lists.worth[at] = lists.candidate[pair], lists.points[pair]
    lists.ready[slot], lists.read[slot] = last - first, 0


@compiled
def read_list(
    lists: Lists,
    found: Found,
    tree: Tree,
    ahead: list[tuple[int, int]],
    reached: list[int],
    slot: int,
    best: int,
) -> tuple[int, int, int]:
    """Reads a slot's list as far as it can matter, and puts the slots that it reaches ``ahead``.

    Returns the best free candidate who ends the chain below ``best``, or -1; the pair's weight; and
    how many pairs were read.
    """
    first, at, bonus = lists.indptr[slot], 0, lists.bonus[slot]
    degree = lists.indptr[slot + 1] - first
    base = tree.distance[slot] + found.price[slot] - bonus
    free, weight = -1, 0
    while at < degree:
        if at == lists.ready[slot]:
            look_further(lists, slot)
        if base - lists.most[first + at] >= best:
            break
        person, worth = lists.person[first + at], lists.worth[first + at]
        at, rival = at + 1, found.slot_of[person]
        if rival < 0:
            if base - worth < best:
                best, free, weight = base - worth, person, bonus + worth
            continue
        length = base - worth + found.own[person] - found.price[rival]
        if length < best and rival != slot and length < tree.distance[rival]:
            if tree.distance[rival] == FAR:
                reached.append(rival)
            tree.distance[rival], tree.before[rival] = length, slot
            tree.through[rival], tree.weight[rival] = person, bonus + worth
            heappush(ahead, (length, rival))
    return free, weight, at


@compiled
def search(lists: Lists, found: Found, tree: Tree, root: int) -> tuple[int, int, int, int]:
    """Finds the shortest chain from one more place in ``root``, and lowers prices along it.

    Returns where the chain ends: slot, candidate (-1: a place left empty), the pair's weight, and
    how many pairs were read.
    """
    best, end, chosen, weight, reads = found.price[root], root, -1, 0, 0
    tree.distance[root] = 0
    ahead, reached = [(0, root)], [root]
    while len(ahead) > 0:
        distance, slot = heappop(ahead)
        if distance >= best:
            break
        if distance > tree.distance[slot]:
            continue
        if distance + found.price[slot] < best:
            best, end, chosen = distance + found.price[slot], slot, -1
        if lists.read[slot] > WEIGH_ANEW * (lists.indptr[slot + 1] - lists.indptr[slot]):
            weigh_anew(lists, found, slot)
        person, worth, read = read_list(lists, found, tree, ahead, reached, slot, best)
        if person >= 0:
            best, end, chosen = distance + found.price[slot] - worth, slot, person
            weight = worth
        lists.read[slot] += read
        reads += read
    for slot in reached:
        found.price[slot] -= max(0, best - tree.distance[slot])
        tree.distance[slot] = FAR
    return end, chosen, weight, reads


@compiled
def exchange(found: Found, tree: Tree, root: int, end: int, person: int, weight: int) -> None:
    """Gives the last slot its new candidate, and each earlier slot the one that led onward."""
    slot = end
    if person >= 0:
        found.slot_of[person], found.own[person] = slot, weight
    while slot != root:
        person = tree.through[slot]
        found.own[person] = tree.weight[slot]
        slot = tree.before[slot]
        found.slot_of[person] = slot


@compiled
def fill(lists: Lists, found: Found, tree: Tree, places: Ints, budget: int) -> int:
    """Offers every place of every slot; returns how many pairs were read, -1 beyond ``budget``."""
    reads = 0
    for slot in range(len(places)):
        first, degree = lists.indptr[slot], lists.indptr[slot + 1] - lists.indptr[slot]
        if degree == 0:
            continue
        look_further(lists, slot)
        found.price[slot] = lists.bonus[slot] + lists.worth[first]
        for _ in range(min(places[slot], degree + 1)):
            end, person, weight, read = search(lists, found, tree, slot)
            exchange(found, tree, slot, end, person, weight)
            reads += read
            if reads > budget:
                return -1
            if found.price[slot] == 0:
                break
    return reads


@compiled
def that_matter(lists: Lists, found: Found, places: Ints, chosen: Ints) -> int:
    """Writes pairs that prices and optima can depend on into ``chosen`` (E,); returns how many.

    They are the pairs worth no less to the slot than its best free candidate, and perhaps some
    more. A slot without places gets its price here.
    """
    count = 0
    for slot in range(len(places)):
        first, at, floor = lists.indptr[slot], 0, -FAR
        degree = lists.indptr[slot + 1] - first
        if places[slot] == 0:
            found.price[slot] = 0
        while at < degree:
            if at == lists.ready[slot]:
                look_further(lists, slot)
            if lists.most[first + at] < floor:
                break
            person, left = lists.person[first + at], lists.bonus[slot] + lists.worth[first + at]
            rival = found.slot_of[person]
            if rival < 0:
                floor = max(floor, lists.worth[first + at])
            else:
                left -= found.own[person] - found.price[rival]
            if places[slot] == 0:
                found.price[slot] = max(found.price[slot], left)
            chosen[count] = first + lists.order[first + at]
            count, at = count + 1, at + 1
    return count
