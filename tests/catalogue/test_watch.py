"""A changed file is loaded again, clean or not."""

import asyncio
from datetime import date
from pathlib import Path

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
