"""Room for a few large bodies: who comes when it is taken waits, and not for ever."""

import anyio
import pytest

from app.errors import Unavailable
from app.processes.large_bodies import LargeBodies


def test_one_more_than_there_is_room_for_waits_until_one_leaves() -> None:
    inside: list[int] = []

    async def stay(room: LargeBodies, number: int, leave: anyio.Event) -> None:
        async with room.room():
            inside.append(number)
            await leave.wait()

    async def come() -> None:
        room, leaves = LargeBodies(2), [anyio.Event() for _ in range(3)]
        async with anyio.create_task_group() as visitors:
            for number, leave in enumerate(leaves):
                visitors.start_soon(stay, room, number, leave)
                await anyio.wait_all_tasks_blocked()
            assert inside == [0, 1]
            leaves[1].set()
            await anyio.wait_all_tasks_blocked()
            assert inside == [0, 1, 2]
            for leave in leaves:
                leave.set()

    anyio.run(come)


def test_who_waits_in_vain_is_told_and_takes_no_room() -> None:
    async def come() -> None:
        room = LargeBodies(1, seconds_to_wait=0.02)
        async with room.room():
            for _ in range(2):
                with pytest.raises(Unavailable, match="Try again"):
                    async with room.room():
                        pass
        async with room.room():
            pass

    anyio.run(come)
