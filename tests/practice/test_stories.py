"""Every guided story plays to its end in the real practice room: the bot over HTTP, four desks, a SQLite file."""

import aiohttp

from bot.practice.people import IRINA
from bot.practice.practice import Practice


async def test_all_stories_play_to_their_end_one_after_the_other_and_again(practice: Practice) -> None:
    assert practice.player is not None
    assert len(practice.player.stories) >= 6
    for name in [*practice.player.stories, "urgent"]:
        await practice.player.play(name, pause=0)


async def test_the_inspector_says_why_and_where_the_words_stand(practice: Practice) -> None:
    async with aiohttp.ClientSession(practice.server.url) as web:
        question = {"person": str(IRINA), "text": "kak oformit detskie posobija, moj nomer 131052-308T"}
        async with web.get("/room/inspect", params=question) as answer:
            found = await answer.json()
    assert found["kind"] == "answer"
    assert found["language"] == {"code": "ru", "confidence": found["language"]["confidence"], "stored": None}
    assert found["candidates"][0]["intent"] == "child-benefit"
    assert found["source"]["path"].startswith("intents/family/child-benefit/")
    assert found["source"]["line"] > 1
    assert found["source"]["changed"] is None
    assert found["city"] == {"name": None, "why": "not chosen yet"}
    assert "131052-308T" not in str(found)
