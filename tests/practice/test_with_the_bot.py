"""The page with the real bot: stories, a ticket by hand, and an editor's change seen live."""

import shutil
from pathlib import Path
from typing import Any

from playwright.async_api import Page, expect

from bot.practice.people import AINO, GRACE
from bot.practice.practice import Practice

PATIENCE = 40_000
"""Milliseconds for what passes Telegram's pace of one message a second."""


async def write(page: Page, side: str, text: str) -> None:
    await page.fill(f"#{side}-text", text)
    await page.press(f"#{side}-text", "Enter")


async def test_two_stories_play_in_the_page(practice: Practice, open_window: Any) -> None:
    page = await open_window(practice.server.url)
    await page.select_option("#pace", "fast")
    for name in ("urgent", "daycare"):
        story = page.locator(f"[data-story={name}]")
        await story.locator("[data-act=play]").click()
        await expect(story).to_contain_text("finished", timeout=PATIENCE)
        assert await story.locator(".error").count() == 0


async def test_a_ticket_is_asked_for_taken_answered_closed_and_rated(practice: Practice, open_window: Any) -> None:
    page = await open_window(practice.server.url)
    await page.select_option("#resident-who", str(GRACE))
    await page.click("#resident .start")
    await page.locator("#resident [data-press='l|en']").last.click()
    await page.locator("#resident [data-press='c|espoo']").last.click()
    await expect(page.locator("#resident .msg.in", has_text="Espoo").last).to_be_visible(timeout=PATIENCE)
    await write(page, "resident", "/human")
    await write(page, "resident", "My landlord wants me to leave in a week")
    await page.locator("#resident [data-press=S]").last.click(timeout=PATIENCE)
    await page.select_option("#desk-which", label="Espoo desk")
    await page.select_option("#desk-who", str(AINO))
    await page.locator("#desk .topic", has_text="#1").click(timeout=PATIENCE)
    await page.locator("#desk [data-press='D|take|1']").last.click()
    await expect(page.locator("#resident .msg.in", has_text="Aino, an advisor, has your request")).to_be_visible(
        timeout=PATIENCE
    )
    await write(page, "desk", "Hello! Do you have the letter?")
    await expect(page.locator("#resident .msg.in", has_text="Do you have the letter?")).to_be_visible(timeout=PATIENCE)
    await write(page, "resident", "Yes, I have it")
    await expect(page.locator("#desk .msg.bot", has_text="Yes, I have it")).to_be_visible(timeout=PATIENCE)
    await write(page, "desk", "/close")
    await page.locator("#resident [data-press='g|1|5']").click(timeout=PATIENCE)
    await expect(page.locator("#desk .msg.bot", has_text="5/5")).to_be_visible(timeout=PATIENCE)


async def test_an_edit_is_seen_live_and_a_fault_is_told(
    opened: Any, open_window: Any, data_settings: Any, tmp_path: Path
) -> None:
    for name in ("intents", "knowledge"):
        shutil.copytree(getattr(data_settings, f"neuvoja_{name}"), tmp_path / name)
    file = tmp_path / "intents" / "money" / "tax-card" / "en.yaml"
    before = file.read_text(encoding="utf-8")
    async with opened(neuvoja_intents=tmp_path / "intents", neuvoja_knowledge=tmp_path / "knowledge") as room:
        page = await open_window(room.server.url)
        await page.fill("#inspect-text", "how do I get a tax card")
        await page.press("#inspect-text", "Enter")
        await expect(page.locator("#inspector .result")).to_contain_text("intents/money/tax-card/en.yaml:")
        file.write_text(before.replace("answer: |\n  ", "answer: |\n  A changed sentence. ", 1), encoding="utf-8")
        await expect(page.locator("#inspector .news.good")).to_contain_text("reloaded", timeout=60_000)
        await expect(page.locator("#inspector .changed")).to_be_visible()
        file.write_text(before.replace("answer:", "anwser:", 1), encoding="utf-8")
        await expect(page.locator("#inspector .news.bad")).to_contain_text("en.yaml:", timeout=60_000)
        await expect(page.locator("#inspector .news.bad")).to_contain_text("unknown key `anwser`")
