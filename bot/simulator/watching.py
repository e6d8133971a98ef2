"""What is seen: messages as people see them, API requests, and waiting for either."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import TypeVar

from bot.simulator.calls import Call
from bot.simulator.state import Chat, Message, Person
from bot.simulator.world import Event, World

T = TypeVar("T")

DEFAULT_TIMEOUT = 5.0


class Watching:
    """The reading side of the control class."""

    world: World

    @property
    def calls(self) -> list[Call]:
        """Every API request so far (the last `keep_calls`)."""
        return list(self.world.calls.calls)

    def requests(self, method: str | None = None, chat: Chat | Person | int | None = None) -> list[Call]:
        """API requests of a method and to a chat."""
        return self.world.calls.select(method, chat if chat is None or isinstance(chat, int) else chat.id)

    def chat_of(self, place: Chat | Person | int) -> Chat:
        """The chat of a person or of an id; KeyError."""
        if isinstance(place, Chat):
            return place
        if isinstance(place, Person):
            return self.world.private_chat(place)
        return self.world.chats[place]

    def messages(self, chat: Chat | Person | int, thread: int | None = None) -> list[Message]:
        """The chat as people now see it, of one topic if given; service messages included."""
        return self.chat_of(chat).history(thread)

    def last(self, chat: Chat | Person | int, thread: int | None = None) -> Message:
        """The bot's last message there; LookupError."""
        for message in reversed(self.messages(chat, thread)):
            if message.from_bot:
                return message
        raise LookupError("the bot has written nothing there")

    async def wait_for(self, found: Callable[[], T], timeout: float = DEFAULT_TIMEOUT) -> T:  # noqa: ASYNC109
        """The first true value of `found`, asked again after every change; TimeoutError with the last requests."""
        value = await self.world.bell.until(found, timeout)
        if not value:
            calls = "\n".join(f"  {call}" for call in self.calls[-8:])
            raise TimeoutError(f"not within {timeout} s; the last API requests were\n{calls}")
        return value

    async def next_message(
        self,
        chat: Chat | Person | int,
        *,
        thread: int | None = None,
        containing: str = "",
        timeout: float = DEFAULT_TIMEOUT,  # noqa: ASYNC109
    ) -> Message:
        """The bot's next message not yet returned; what a person writes or presses marks the chat as read before it."""
        place = self.chat_of(chat)

        def found() -> Message | None:
            unread = (m for m in place.history(thread) if m.unread and containing in m.text)
            return next(unread, None)

        message = await self.wait_for(found, timeout)
        assert message is not None
        message.unread = False
        return message

    async def next_edit(
        self,
        chat: Chat | Person | int,
        *,
        thread: int | None = None,
        timeout: float = DEFAULT_TIMEOUT,  # noqa: ASYNC109
    ) -> Message:
        """The next message that the bot has edited since a person last acted there."""
        place = self.chat_of(chat)
        message = await self.wait_for(lambda: next((m for m in place.history(thread) if m.unread_edit), None), timeout)
        assert message is not None
        message.unread_edit = False
        return message

    async def next_call(
        self,
        method: str,
        chat: Chat | Person | int | None = None,
        *,
        after: int = 0,
        timeout: float = DEFAULT_TIMEOUT,  # noqa: ASYNC109
    ) -> Call:
        """The first answered or failed request of a method numbered above `after`."""

        def found() -> Call | None:
            return next((c for c in self.requests(method, chat) if c.number > after and (c.status or c.fault)), None)

        call = await self.wait_for(found, timeout)
        assert call is not None
        return call

    async def settled(self, quiet: float = 0.1, timeout: float = DEFAULT_TIMEOUT) -> None:  # noqa: ASYNC109
        """Until all updates are confirmed and nothing has changed for `quiet` seconds; TimeoutError."""
        async with asyncio.timeout(timeout):
            while True:
                rang = await self.world.bell.wait(quiet)
                if not rang and not self.world.updates.pending and not self.world.updates.repeats:
                    return

    async def subscribe(self) -> AsyncIterator[tuple[str, dict[str, object]]]:
        """(kind, payload) of everything from now on: message, edited, deleted, action, call, callback_answer ..."""
        feed = self.world.open_feed()
        try:
            while True:
                event: Event = await feed.get()
                yield event.kind, event.payload
        finally:
            self.world.close_feed(feed)
