from app.matching.optimum.market import Market, connected_blocks, members


def test_slots_that_share_a_candidate_are_one_block_and_the_others_are_not() -> None:
    market = Market.from_arrays(
        places=[1, 1, 1, 1],
        tiers=[1, 1, 1, 1],
        candidates=4,
        slot=[0, 1, 2],
        candidate=[0, 0, 1],
        points=[1, 1, 1],
    )
    blocks = connected_blocks(market.edges)
    assert blocks.of_slot[0] == blocks.of_slot[1] == blocks.of_candidate[0]
    assert blocks.of_slot[2] == blocks.of_candidate[1]
    assert len({*blocks.of_slot.tolist(), *blocks.of_candidate.tolist()}) == blocks.count == 5


def test_members_keep_their_order_within_a_block() -> None:
    market = Market.from_arrays(
        places=[1, 1], tiers=[1, 1], candidates=3, slot=[0, 0], candidate=[0, 2], points=[1, 1]
    )
    blocks = connected_blocks(market.edges)
    order, start = members(blocks.of_candidate, blocks.count)
    block = blocks.of_slot[0]
    assert order[start[block] : start[block + 1]].tolist() == [0, 2]
