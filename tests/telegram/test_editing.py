"""An editor changes files while the bot runs."""

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.simulator.server import TelegramServer

from .conftest import ADMIN


@pytest.fixture
def copied(data_settings, tmp_path: Path) -> dict[str, Path]:
    """A copy of the data that a test may spoil."""
    for name in ("intents", "knowledge"):
        shutil.copytree(getattr(data_settings, f"neuvoja_{name}"), tmp_path / name)
    return {"neuvoja_intents": tmp_path / "intents", "neuvoja_knowledge": tmp_path / "knowledge"}


async def test_a_good_edit_is_answered_and_a_bad_one_is_told_once(server: TelegramServer, running, copied) -> None:
    admin, resident = server.person(ADMIN), server.person(1, language_code="en")
    file = copied["neuvoja_intents"] / "money" / "tax-card" / "en.yaml"
    good = file.read_text(encoding="utf-8")
    async with running(server, **copied) as bot:
        await asyncio.sleep(0.5)  # the watcher has to have begun
        before = bot.current.conversation
        file.write_text(good.replace("title:", "titel:", 1), encoding="utf-8")
        told = await server.next_message(admin, timeout=20)
        assert "en.yaml:1: error" in told.text
        assert "titel" in told.text
        assert bot.current.conversation is before
        file.write_text(good.replace("title:", "titel:", 1) + "\n", encoding="utf-8")
        await asyncio.sleep(3)
        assert len(server.messages(admin)) == 1, "the same fault is told once"
        server.send_text(resident, "how do I get a tax card")
        await server.next_message(resident, containing="ax card")
        file.write_text(good.replace("You need a tax card", "A changed sentence. You need a tax card", 1), "utf-8")
        await server.wait_for(lambda: bot.current.conversation is not before, 30)
        server.send_text(resident, "how do I get a tax card")
        await server.next_message(resident, containing="A changed sentence.")


async def test_questions_are_answered_while_a_new_model_is_built(server: TelegramServer, running, copied) -> None:
    resident = server.person(1, language_code="en")
    file = copied["neuvoja_intents"] / "money" / "tax-card" / "en.yaml"
    good = file.read_text(encoding="utf-8")
    async with running(server, **copied, neuvoja_cache=copied["neuvoja_intents"].parent / "cache") as bot:
        await asyncio.sleep(0.5)
        before = bot.current.conversation
        file.write_text(good + "  - a wholly new example about the verokortti thing\n", encoding="utf-8")
        longest = 0.0
        while bot.current.conversation is before:
            begun = asyncio.get_running_loop().time()
            server.send_text(resident, "/cancel")
            await server.next_message(resident, timeout=10)
            longest = max(longest, asyncio.get_running_loop().time() - begun)
            await asyncio.sleep(1)  # within the limit of one chat
        assert longest < 5
