"""Two replicas behind the balancer, nothing wrong with them: what belongs together meets, wherever it was taken in."""

import random
from pathlib import Path

import pytest

from bot.simulator.server import TelegramServer
from tests.faults.conftest import ADMIN
from tests.faults.reading import of_server
from tests.faults.region import installed, region
from tests.faults.town import Town

pytestmark = pytest.mark.skipif(
    not installed(), reason="replicas are left out: there is no load balancer (Debian's nginx-light)"
)


async def test_albums_edits_and_locations(
    server: TelegramServer, on_server: dict[str, str], tmp_path: Path, chance: random.Random
) -> None:
    sql = of_server(on_server["DATABASE_URL"])
    town = Town(server, sql, chance)
    async with region(server, on_server, tmp_path) as there:
        admin, maria = server.person(ADMIN, "Coordinator", "fi"), server.person(100, "Maria", "fi")
        town.desk = server.supergroup("Desk", forum=True, owner=admin, members=(admin, maria))
        for command in ("/desk espoo", "/desk espoo language en"):
            server.send_text(admin, command, chat=town.desk)
            await server.next_message(town.desk, containing="espoo", timeout=30)
        amina = server.person(1, "Amina", "en")
        await town.settle(amina)
        server.send_text(amina, "/human")
        server.send_text(amina, "about-1-1-")
        server.press(amina, await town.shown(amina, "about-1-1-", "S"), "S")
        number = await town.number(amina, 1)
        thread = await town.known("select thread from topics where ticket = ? and card is not null", number)
        for page in range(6):
            server.send_album(amina, 3, f"pages {page}")
        for page in range(6):
            await server.wait_for(lambda page=page: _said(server, town, thread, f"pages {page}"), 30)
        copied = [call.params["message_ids"] for call in server.requests("copyMessages") if call.ok]
        assert [len(ids) for ids in copied] == [3] * 6, "no album came in pieces"
        parts = [part for ids in copied for part in ids]
        assert parts == sorted(parts), "nor out of order"
        for word in range(6):
            first = server.send_text(amina, f"first {word}")
            server.edit(amina, first, f"second {word}")
        for word in range(6):
            await server.wait_for(lambda word=word: _said(server, town, thread, f"second {word}"), 30)
        assert not _said(server, town, thread, "first "), "each edit found its message"
        for chat in range(20, 26):
            person = server.person(chat, language_code="en")
            server.send_location(person, 60.2178, 24.8110)
            assert "Espoo" in (await server.next_message(person, containing="Espoo", timeout=30)).text
        taken = await sql("select count(distinct keeper) from inbox where keeper is not null")
        assert taken == [(2,)], "both replicas had locations in memory"
        for one in there.lives:
            assert await one.end() == 0


def _said(server: TelegramServer, town: Town, thread: int, words: str) -> bool:
    return any(words in one.text for one in server.messages(town.desk, thread))
