"""What every reply must be, whatever led to it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.conversation.reply import Reply
from bot.rendering.actions import decode
from bot.rendering.split import split
from bot.simulator.formatted import TEXT_LIMIT
from bot.simulator.markup import parse_html

NOON = datetime(2026, 4, 8, 12, 30, tzinfo=ZoneInfo("Europe/Helsinki"))
"""An ordinary Wednesday."""


def sendable(reply: Reply) -> None:
    """Something is said or done; Telegram takes every message, its buttons included; no NUL goes to a database."""
    assert reply.screens or reply.toast or reply.duty
    for screen in reply.screens:
        parts = split(screen.html)
        assert parts or screen.venue
        for part in parts:
            text, _ = parse_html(part)
            assert text.strip()
            assert len(text.encode("utf-16-le")) // 2 <= TEXT_LIMIT
        for button in screen.buttons:
            assert button.text.strip()
            if button.action is not None:
                assert decode(button.action), button
