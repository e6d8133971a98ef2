"""Every guided story plays to its end in the real practice room: the bot over HTTP, four desks, a SQLite file."""

import asyncio
from pathlib import Path

import aiohttp
import pytest

from bot.cli.explain import as_words
from bot.practice.people import IRINA
from bot.practice.practice import Practice


@pytest.fixture
def opened(talk, data_settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Opens the room, runs something in it, and closes it."""
    monkeypatch.setenv("NEUVOJA_HEARTBEAT", str(tmp_path / "heartbeat"))

    async def run(work):
        room, stop, ready = Practice(tmp_path, as_words), asyncio.Event(), asyncio.Event()
        opening = asyncio.create_task(room.run(data_settings, talk, port=0, stop=stop, ready=lambda _: ready.set()))
        try:
            await asyncio.wait({opening, waiting := asyncio.create_task(ready.wait())}, return_when="FIRST_COMPLETED")
            waiting.cancel()
            if opening.done():
                opening.result()
            await work(room)
        finally:
            stop.set()
            await asyncio.wait_for(opening, 30)

    return run


async def test_all_stories_play_to_their_end_one_after_the_other_and_again(opened) -> None:
    async def play(room: Practice) -> None:
        assert room.player is not None
        assert len(room.player.stories) >= 6
        for name in [*room.player.stories, "urgent"]:
            await room.player.play(name, pause=0)

    await opened(play)


async def test_the_inspector_says_why_and_where_the_words_stand(opened) -> None:
    async def look(room: Practice) -> None:
        async with aiohttp.ClientSession(room.server.url) as web:
            question = {"person": str(IRINA), "text": "kak oformit detskie posobija, moj nomer 131052-308T"}
            async with web.get("/room/inspect", params=question) as answer:
                found = await answer.json()
        assert found["kind"] == "answer"
        assert found["language"] == {"code": "ru", "confidence": found["language"]["confidence"], "stored": None}
        assert found["candidates"][0]["intent"] == "child-benefit"
        assert found["source"]["path"].endswith("family/child-benefit/en.yaml") or found["source"]["path"].endswith(
            "family/child-benefit/ru.yaml"
        )
        assert found["source"]["line"] > 1
        assert found["source"]["changed"] is None
        assert found["city"] == {"name": None, "why": "not chosen yet"}
        assert "131052-308T" not in str(found)

    await opened(look)
