"""The player of guided stories: acts for people, waits for the bot, says what was expected and what is there."""

import asyncio
import contextlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.simulator.server import TelegramServer
from bot.simulator.state import Chat, Json, Message, Person
from bot.simulator.story import GENERAL, Step, Story, StoryFailure, Words

State = Literal["playing", "waiting", "done", "failed", "stopped"]
_PLACEHOLDERS = ("photo", "document", "voice", "video", "audio", "sticker", "location", "contact")
_SHOWN = 200


@dataclass(slots=True)
class _Run:
    """A story under way; `pause` None = waits for `step` after each step."""

    story: Story
    pause: float | None
    number: int = 1
    caption: Words = ""
    go: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None
    stopped: bool = False
    began: dict[tuple[int, int], int] = field(default_factory=dict)
    """Edits of every message that was there when the story began, by chat and message id."""
    seen: dict[tuple[int, int], int] = field(default_factory=dict)
    """The same, when a person last acted at each place."""
    topics: dict[int, int | None] = field(default_factory=dict)
    """The topic that the story last dealt with, by chat id."""


class Player:
    """Plays one story at a time, by the clock or step by step; every change is a `story` event."""

    def __init__(self, server: TelegramServer, stories: Iterable[Story] = (), desks: Iterable[Chat] = ()) -> None:
        self.stories = {story.id: story for story in stories}
        self.failure: StoryFailure | None = None
        self.progress: Json | None = None
        self._server = server
        self._desks = tuple(desks)
        self._run: _Run | None = None
        self._background: asyncio.Task[None] | None = None

    @property
    def playing(self) -> str | None:
        """The id of the story under way."""
        return self._run.story.id if self._run else None

    async def play(self, story_id: str, pause: float | None = 1.0) -> None:
        """Plays to the end with so many seconds between steps; StoryFailure, KeyError, RuntimeError if one plays."""
        await self._until_done(self._begin(story_id, pause))

    def start(self, story_id: str, pause: float | None = 1.0) -> None:
        """Plays in the background, or goes on with the pause given if this story is under way; KeyError."""
        if self._run is not None and self._run.story.id == story_id:
            self._run.pause = pause
            self._run.go.set()
            return
        if story_id not in self.stories:
            raise KeyError(story_id)
        self.stop()
        self._background = asyncio.create_task(self._quietly(self._begin(story_id, pause)))

    def step(self) -> None:
        """The next step now, then waits for the next `step`; nothing if no story is under way."""
        if self._run is not None:
            self._run.pause = None
            self._run.go.set()

    def stop(self) -> None:
        """Ends the story under way; `play` returns."""
        run, self._run = self._run, None
        if run is not None and run.task is not None:
            run.stopped = True
            run.task.cancel()
            self._tell(run, "stopped")

    def _begin(self, story_id: str, pause: float | None) -> _Run:
        story = self.stories[story_id]
        if self._run is not None:
            raise RuntimeError(f"story {self._run.story.id!r} is under way; stop it first")
        self.failure = None
        run = self._run = _Run(story, pause)
        for chat in self._server.world.chats.values():
            run.began |= {(chat.id, message.id): message.edits for message in chat.messages.values()}
        run.seen = dict(run.began)
        run.task = asyncio.create_task(self._steps(run))
        return run

    async def _quietly(self, run: _Run) -> None:
        with contextlib.suppress(StoryFailure):
            await self._until_done(run)

    async def _until_done(self, run: _Run) -> None:
        assert run.task is not None
        try:
            await run.task
        except asyncio.CancelledError:
            if not run.stopped:
                raise
        finally:
            if self._run is run:
                self._run = None

    async def _steps(self, run: _Run) -> None:
        for number, step in enumerate(run.story.steps, start=1):
            if number > 1:
                await self._rest(run)
            run.number = number
            try:
                await self._one(run, step)
            except (LookupError, PermissionError, TimeoutError) as error:
                reason = f"no such person or chat: {error}" if isinstance(error, KeyError) else str(error)
                self.failure = StoryFailure(run.number, reason)
                self._tell(run, "failed", error=str(self.failure))
                raise self.failure from None
        self._tell(run, "done")

    async def _rest(self, run: _Run) -> None:
        if run.pause is None:
            self._tell(run, "waiting")
        if run.pause != 0:
            # A caption takes longer to read than a message.
            factor = 2 if run.story.steps[run.number - 1].act == "note" else 1
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(None if run.pause is None else run.pause * factor):
                    await run.go.wait()
        run.go.clear()

    async def _one(self, run: _Run, step: Step) -> None:
        run.caption = step.caption or run.caption
        if step.act == "note":
            self._tell(run, "playing")
            return
        chat = self._chat(step)
        self._tell(run, "playing", step, chat)
        match step.act:
            case "expect":
                found = await self._expected(run, step, chat)
            case "press":
                found = await self._pressed(run, step, chat)
            case _:
                self._act(run, step, chat)
                return
        if chat.kind != "private" and run.topics.get(chat.id, 0) != found.thread:
            run.topics[chat.id] = found.thread
            self._tell(run, "playing", step, chat)

    def _act(self, run: _Run, step: Step, chat: Chat) -> None:
        person = self._person(step)
        thread = self._thread(run, step, chat)
        self._mark(run, chat, thread)
        place: dict[str, Any] = {} if chat.kind == "private" else {"chat": chat, "thread": thread}
        match step.act:
            case "say":
                self._server.send_text(person, step.text, **place)
            case "locate":
                self._server.send_location(person, step.latitude, step.longitude, **place)
            case "photo":
                self._server.send_photo(person, step.text, **place)
            case "voice":
                self._server.send_voice(person, 4, **place)

    async def _pressed(self, run: _Run, step: Step, chat: Chat) -> Message:
        wanted = _pattern(step.text)

        def found() -> tuple[Message, str] | None:
            for message in reversed(_new(chat, step, run.began)):
                for button in (button for row in message.inline_keyboard for button in row):
                    data = button.get("callback_data", "")
                    if wanted.fullmatch(data):
                        return message, data
            return None

        button = await self._server.world.bell.until(found, step.within)
        if button is None:
            shown = [
                f"{button['text']} ({button.get('callback_data') or 'link'})"
                for message in _new(chat, step, run.began)
                for row in message.inline_keyboard
                for button in row
            ]
            reason = f"no button {step.text!r} in {_named(chat)} within {step.within:g} s; there is "
            raise LookupError(reason + ("; ".join(shown) or "no button at all"))
        message, data = button
        self._mark(run, chat, message.thread)
        await self._server.press(self._person(step), message, data).answered(step.within)
        return message

    async def _expected(self, run: _Run, step: Step, chat: Chat) -> Message:
        part = " ".join(step.text.split())

        def found() -> Message | None:
            there = _new(chat, step, run.seen)
            return next((message for message in reversed(there) if part in _words(message)), None)

        message = await self._server.world.bell.until(found, step.within)
        if message is None:
            there = [f"- {_words(message)[:_SHOWN]}" for message in _new(chat, step, run.seen)[-5:]]
            reason = f"{part!r} was expected from the bot in {_named(chat)} within {step.within:g} s; there is "
            raise LookupError(reason + ("\n" + "\n".join(there) if there else "nothing new from the bot"))
        return message

    def _mark(self, run: _Run, chat: Chat, thread: int | None) -> None:
        """What is in the place now is no answer to what is done next."""
        for message in chat.messages.values():
            if message.thread == thread:
                run.seen[chat.id, message.id] = message.edits

    def _chat(self, step: Step) -> Chat:
        if step.desk is None:
            return self._server.world.private_chat(self._person(step))
        for desk in self._desks:
            if step.desk in desk.title:
                return desk
        raise LookupError(f"no desk {step.desk!r}; there are {[desk.title for desk in self._desks]}")

    def _person(self, step: Step) -> Person:
        assert step.person is not None
        return self._server.world.people[step.person]

    def _thread(self, run: _Run, step: Step, chat: Chat) -> int | None:
        if chat.kind == "private" or step.topic == GENERAL:
            return None
        if step.topic is not None:
            return chat.topic(step.topic).id
        known = run.topics.get(chat.id)
        if known in chat.topics:
            return known
        if not chat.topics:
            raise LookupError(f"{_named(chat)} has no topic yet")
        return max(chat.topics)

    def _tell(
        self, run: _Run, state: State, step: Step | None = None, chat: Chat | None = None, error: str | None = None
    ) -> None:
        progress: Json = {
            "id": run.story.id,
            "step": run.number,
            "of": len(run.story.steps),
            "caption": run.caption if isinstance(run.caption, str) else dict(run.caption),
            "state": state,
            "error": error,
        }
        if step is not None and chat is not None:
            progress |= {"act": step.act, "person": step.person, "chat": chat.id}
            progress["thread"] = None if chat.kind == "private" else self._thread_or_none(run, step, chat)
        self.progress = progress
        self._server.world.emit("story", lambda: progress)

    def _thread_or_none(self, run: _Run, step: Step, chat: Chat) -> int | None:
        try:
            return self._thread(run, step, chat)
        except LookupError:
            return None


def _new(chat: Chat, step: Step, known: Mapping[tuple[int, int], int]) -> list[Message]:
    """The bot's messages at the step's place that are not known or were edited since."""

    def here(message: Message) -> bool:
        if step.topic is None:
            return True
        if step.topic == GENERAL:
            return message.thread is None
        topic = chat.topics.get(message.thread or 0)
        return topic is not None and step.topic in topic.name

    return [
        message
        for message in chat.messages.values()
        if message.from_bot and message.edits > known.get((chat.id, message.id), -1) and here(message)
    ]


def _pattern(data: str) -> re.Pattern[str]:
    pattern = re.escape(data).replace(r"\*", "[^|]*")
    return re.compile(pattern + ".*" if data.endswith("|") else pattern)


def _words(message: Message) -> str:
    venue = message.json.get("venue") or {}
    parts = [f"[{kind}]" for kind in _PLACEHOLDERS if kind in message.json]
    parts += [str(venue[name]) for name in ("title", "address") if name in venue]
    return " ".join([*parts, *message.text.split()])


def _named(chat: Chat) -> str:
    return f"{chat.person.first_name}'s chat" if chat.person else f"{chat.title!r}"
