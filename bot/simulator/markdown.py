"""MarkdownV2 to text and entities, with the Bot API's error for whatever is malformed."""

from dataclasses import dataclass

from bot.simulator.entities import Entity, sort_entities, utf16_length
from bot.simulator.errors import ApiError, bad_request
from bot.simulator.links import checked_link, linked_user

_RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
# (mark, entity type, the name in error messages); longer marks first.
_MARKS = (
    ("```", "pre", "Pre"),
    ("__", "underline", "Underline"),
    ("||", "spoiler", "Spoiler"),
    ("![", "custom_emoji", "CustomEmoji"),
    ("_", "italic", "Italic"),
    ("*", "bold", "Bold"),
    ("~", "strikethrough", "Strikethrough"),
    ("`", "code", "Code"),
    ("[", "text_link", "TextUrl"),
)
_ENDS = {"[": "]", "![": "]"}


@dataclass(slots=True)
class _Open:
    mark: str
    kind: str
    name: str
    offset: int
    byte: int
    part: int
    language: str = ""


def parse_markdown(source: str) -> tuple[str, list[Entity]]:
    """Text and entities of MarkdownV2; `can't parse entities: ...` on what Telegram refuses."""
    return _Markdown(source).parse()


class _Markdown:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.parts: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.quote: int | None = None
        self.entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            self._step()
        if self.open:
            opened = self.open[-1]
            raise _refusal(f"Can't find end of {opened.name} entity at byte offset {opened.byte}")
        self._end_quote()
        return "".join(self.parts), sort_entities(self.entities)

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.offset += utf16_length(text)

    def _step(self) -> None:
        source, at = self.source, self.at
        character = source[at]
        inside_code = bool(self.open) and self.open[-1].kind in {"code", "pre"}
        if character == "\\" and at + 1 < len(source) and 0 < ord(source[at + 1]) <= 126:
            self._write(source[at + 1])
            self.at += 2
        elif self.open and self._ends(self.open[-1]):
            self._close(self.open.pop())
        elif inside_code and character != "`":
            self._write(character)
            self.at += 1
        elif character == ">" and self._line_begins():
            self.quote = self.offset if self.quote is None else self.quote
            self.at += 1
        elif character == "\n":
            self._new_line()
        elif character not in _RESERVED:
            self._write(character)
            self.at += 1
        else:
            self._begin(character)

    def _line_begins(self) -> bool:
        return self.at == 0 or self.source[self.at - 1] == "\n"

    def _new_line(self) -> None:
        if self.quote is not None and not self.source.startswith(">", self.at + 1):
            self._end_quote()
        self._write("\n")
        self.at += 1

    def _end_quote(self) -> None:
        if self.quote is not None and self.offset > self.quote:
            self.entities.append({"offset": self.quote, "length": self.offset - self.quote, "type": "blockquote"})
        self.quote = None

    def _ends(self, opened: _Open) -> bool:
        end = _ENDS.get(opened.mark, opened.mark)
        if end == "_" and self.source.startswith("__", self.at):
            return False
        return self.source.startswith(end, self.at)

    def _begin(self, character: str) -> None:
        found = next((found for found in _MARKS if self.source.startswith(found[0], self.at)), None)
        if found is None:
            raise _refusal(f"Character '{character}' is reserved and must be escaped with the preceding '\\'")
        mark, kind, name = found
        byte = len(self.source[: self.at].encode())
        self.at += len(mark)
        opened = _Open(mark, kind, name, self.offset, byte, len(self.parts))
        if kind == "pre":
            opened.language = self._language()
        self.open.append(opened)

    def _language(self) -> str:
        end = self.at
        while end < len(self.source) and not self.source[end].isspace() and self.source[end] != "`":
            end += 1
        language = ""
        if self.source[end : end + 1] != "`":
            language, self.at = self.source[self.at : end], end
        if self.source.startswith("\n", self.at):
            self.at += 1
        return language

    def _close(self, opened: _Open) -> None:
        self.at += len(_ENDS.get(opened.mark, opened.mark))
        span: Entity = {"offset": opened.offset, "length": self.offset - opened.offset}
        entity: Entity | None = span | {"type": opened.kind}
        if opened.kind in {"text_link", "custom_emoji"}:
            entity = self._linked(span, opened)
        elif opened.language:
            entity = span | {"type": "pre", "language": opened.language}
        if span["length"] and entity is not None:
            self.entities.append(entity)

    def _linked(self, span: Entity, opened: _Open) -> Entity | None:
        url = self._url(opened)
        if opened.kind == "custom_emoji":
            number = url.removeprefix("tg://emoji?id=")
            if not number.isdecimal():
                raise _refusal("Custom emoji entity must contain a tg://emoji URL")
            return span | {"type": "custom_emoji", "custom_emoji_id": number}
        user = linked_user(url)
        if user is not None:
            return span | {"type": "text_mention", "user": {"id": user, "is_bot": False, "first_name": str(user)}}
        try:
            return span | {"type": "text_link", "url": checked_link(url)}
        except ValueError:
            return None

    def _url(self, opened: _Open) -> str:
        if not self.source.startswith("(", self.at):
            return "".join(self.parts[opened.part :])
        begin = self.at = self.at + 1
        url = ""
        while self.at < len(self.source) and self.source[self.at] != ")":
            self.at += self.source[self.at] == "\\" and self.at + 1 < len(self.source)
            url += self.source[self.at]
            self.at += 1
        if self.at >= len(self.source):
            raise _refusal(f"Can't find end of a URL at byte offset {len(self.source[:begin].encode())}")
        self.at += 1
        return url


def _refusal(reason: str) -> ApiError:
    return bad_request(f"Can't parse entities: {reason}")
