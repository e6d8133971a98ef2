import asyncio
import time

import pytest

from bot.probe import Probe


class Thing:
    """Something to look at; it answers once it is let."""

    def __init__(self) -> None:
        self.looks = 0
        self.answers = asyncio.Event()

    async def look(self) -> int:
        self.looks += 1
        number = self.looks
        await self.answers.wait()
        return number


async def test_however_many_ask_one_looks() -> None:
    thing = Thing()
    probe = Probe(thing.look, 5)
    asking = [asyncio.create_task(probe.ask()) for _ in range(10)]
    await asyncio.sleep(0)
    thing.answers.set()
    assert await asyncio.gather(*asking) == [1] * 10
    assert await probe.ask() == 2
    await probe.close()


async def test_who_asks_does_not_wait_longer_and_the_look_goes_on() -> None:
    thing = Thing()
    probe = Probe(thing.look, 0.05)
    begun = time.monotonic()
    assert await probe.ask() is None
    assert await probe.ask() is None
    assert time.monotonic() - begun < 2
    assert thing.looks == 1
    thing.answers.set()
    assert await probe.ask() == 1
    await probe.close()


async def test_what_was_seen_holds_for_a_while() -> None:
    thing = Thing()
    thing.answers.set()
    probe = Probe(thing.look, 5, kept=0.2)
    assert [await probe.ask(), await probe.ask()] == [1, 1]
    await asyncio.sleep(0.25)
    assert await probe.ask() == 2
    await probe.close()


async def test_a_look_that_fails_is_no_answer_of_an_earlier_one() -> None:
    async def fail() -> int:
        raise ZeroDivisionError

    probe = Probe(fail, 5)
    with pytest.raises(ZeroDivisionError):
        await probe.ask()
    await probe.close()


async def test_closing_ends_a_look() -> None:
    thing = Thing()
    probe = Probe(thing.look, 0.05)
    assert await probe.ask() is None
    await probe.close()
    thing.answers.set()
    assert [task for task in asyncio.all_tasks() if task is not asyncio.current_task()] == []
