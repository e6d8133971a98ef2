"""A changed file is loaded again, clean or not."""

import asyncio
from datetime import date
from pathlib import Path

import pytest

from bot.catalogue.loader import load
from bot.catalogue.memory import Memory
from bot.catalogue.reloading import Reader, ReadingError
from bot.catalogue.watch import watch

FI = "intents/education/daycare-application/fi.yaml"


async def test_each_change_is_told_once_and_a_bad_one_too(data):
    stop, told = asyncio.Event(), asyncio.Queue()
    watching = asyncio.create_task(
        watch(Path("intents"), Path("knowledge"), told.put, stop=stop, today=lambda: date(2026, 11, 21))
    )
    try:
        await asyncio.sleep(0.3)
        data.change(FI, "title: Päivähoitopaikan", "title: Hoitopaikan")
        clean = await asyncio.wait_for(told.get(), 20)
        assert clean.catalogue.intents["daycare-application"].title("fi") == "Hoitopaikan hakeminen"

        data.change(FI, "title: ", "titel: ")
        bad = await asyncio.wait_for(told.get(), 20)
        assert bad.catalogue is None
        assert str(bad.problems[0]).startswith(f"{FI}:1: error: ")

        (data.root / FI).touch()
        data.change(FI, "titel: ", "title: ")
        mended = await asyncio.wait_for(told.get(), 20)
        assert mended.hash == clean.hash
        assert told.empty()
    finally:
        stop.set()
        await asyncio.wait_for(watching, 10)


async def test_a_reading_process_that_dies_is_replaced(data):
    reader = Reader(Path("intents"), Path("knowledge"))
    try:
        first = await reader.read(date(2026, 11, 21))
        assert first.catalogue is not None
        reader._process.kill()
        await reader._process.wait()
        with pytest.raises(ReadingError):
            await reader.read(date(2026, 11, 21))
        again = await reader.read(date(2026, 11, 21))
        assert again.hash == first.hash
    finally:
        await reader.close()


def test_a_second_reading_says_the_same_as_one_from_nothing(data):
    memory, today = Memory(), date(2026, 11, 21)
    folders = Path("intents"), Path("knowledge")
    data.change(FI, "Täytä hakemus.", "Täytä hakemus (varhaiskasvatus).")
    load(*folders, today=today, memory=memory)
    for answer, concepts in (("Saat aina paikan. ", "[child, child]"), ("", "[child]"), ("", "[child, child]")):
        data.change(FI, "answer: ", f"answer: {answer}")
        data.write("intents/lexicon/concepts.yaml", f"family: {concepts}\n")
        remembered, fresh = load(*folders, today=today, memory=memory), load(*folders, today=today)
        assert remembered.problems == fresh.problems
        assert any("promises an outcome" in str(problem) for problem in remembered.problems)
        assert any("is also on line" in str(problem) for problem in remembered.problems) == (concepts != "[child]")
        assert remembered.hash == fresh.hash
