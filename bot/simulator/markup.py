"""Telegram HTML to text and entities, with the Bot API's error for whatever is malformed."""

import re
from dataclasses import dataclass

from bot.simulator.entities import Entity, sort_entities, utf16_length
from bot.simulator.errors import ApiError, bad_request
from bot.simulator.links import checked_link, linked_user

_SPECIAL = re.compile(r"[<&]")
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([A-Za-z]+));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SURROGATE = re.compile("[\ud800-\udfff]")
_TAG_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>/\"']*")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_SPACES = re.compile(r"\s*")
_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "blockquote": "blockquote",
}


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    part: int


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Text and entities of Telegram HTML; `can't parse entities: ...` on what Telegram refuses."""
    if "<" not in source and "&" not in source:
        return source, []
    return _Html(source).parse()


def decode_references(source: str) -> str:
    """&lt; &gt; &amp; &quot; and numeric references decoded; any other stays as written."""
    return _REFERENCE.sub(lambda match: _decoded(match) or match.group(), source) if "&" in source else source


def _decoded(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED.get(name, "")
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    digits = match.group().removesuffix(";")
    return chr(code) if 0 < code < 0x10FFFF and len(digits) < 10 else ""


class _Html:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.parts: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        source = self.source
        while special := _SPECIAL.search(source, self.at):
            self._write(source[self.at : special.start()])
            self.at = special.start()
            if special.group() == "&":
                self._reference()
            elif source.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        self._write(source[self.at :])
        if self.open:
            raise _refusal(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        text = "".join(self.parts)
        if _SURROGATE.search(text):
            reason = "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched"
            raise _refusal(f"{reason} surrogate code units")
        return text, sort_entities(self.entities)

    def _write(self, text: str) -> None:
        if text:
            self.parts.append(text)
            self.offset += utf16_length(text)

    def _byte(self, at: int) -> int:
        return len(self.source[:at].encode("utf-8", "surrogatepass"))

    def _reference(self) -> None:
        match = _REFERENCE.match(self.source, self.at)
        decoded = _decoded(match) if match else ""
        if match and decoded:
            self._write(decoded)
            self.at = match.end()
        else:
            self._write("&")
            self.at += 1

    def _skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.source, self.at)
        assert match is not None
        self.at = match.end()
        return match.group()

    def _peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = self._skip(_TAG_NAME).lower()
        if not self._peek():
            raise _refusal(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if tag not in _KINDS:
            raise _refusal(f'Unsupported start tag "{tag}" at byte offset {self._byte(begin)}')
        argument = ""
        while True:
            self._skip(_SPACES)
            if self._peek() == ">":
                break
            name, value = self._attribute(tag, begin)
            argument = _argument(tag, name, value) or argument
        if tag == "span" and argument != "spoiler":
            raise _refusal(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        self.at += 1
        self.open.append(_Open(tag, argument, self.offset, len(self.parts)))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        if not self._peek():
            raise _refusal(f"Unclosed start tag at byte offset {self._byte(begin)}")
        name = self._skip(_ATTRIBUTE_NAME).lower()
        if not name:
            raise _refusal(f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}')
        self._skip(_SPACES)
        if self._peek() != "=":
            if tag == "blockquote" and name == "expandable":
                return name, name
            reason = f'Expected equal sign in declaration of an attribute of the tag "{tag}" at byte offset'
            raise _refusal(f"{reason} {self._byte(begin)}")
        self.at += 1
        self._skip(_SPACES)
        return name, self._value(tag, begin)

    def _value(self, tag: str, begin: int) -> str:
        quote = self._peek()
        if not quote:
            raise _refusal(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
        if quote in "'\"":
            end = self.source.find(quote, self.at + 1)
            if end < 0 or end + 1 >= len(self.source):
                raise _refusal(f"Unclosed start tag at byte offset {self._byte(begin)}")
            value = self.source[self.at + 1 : end]
            self.at = end + 1
            return decode_references(value)
        token = self.at
        value = self._skip(_TOKEN).lower()
        if self._peek() != ">" and not self._peek().isspace():
            raise _refusal(f"Unexpected end of name token at byte offset {self._byte(token)}")
        return value

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise _refusal(f"Unexpected end tag at byte offset {self._byte(begin)}")
        self.at += 2
        tag = self._skip(_TAG_NAME).lower()
        self._skip(_SPACES)
        if self._peek() != ">":
            raise _refusal(f"Unclosed end tag at byte offset {self._byte(begin)}")
        self.at += 1
        opened = self.open.pop()
        if tag and tag != opened.tag:
            reason = f"Unmatched end tag at byte offset {self._byte(begin)}"
            raise _refusal(f'{reason}, expected "</{opened.tag}>", found "</{tag}>"')
        if self.offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        span = {"offset": opened.offset, "length": self.offset - opened.offset}
        entity: Entity | None = span | {"type": _KINDS[opened.tag]}
        if opened.tag == "a":
            entity = _link(span, opened.argument or "".join(self.parts[opened.part :]))
        elif opened.tag == "tg-emoji":
            if not opened.argument.isdecimal() or not int(opened.argument):
                raise _refusal("Invalid custom emoji identifier specified")
            entity = span | {"type": "custom_emoji", "custom_emoji_id": opened.argument}
        elif opened.tag == "blockquote" and opened.argument:
            entity = span | {"type": "expandable_blockquote"}
        elif opened.tag == "code" and opened.argument and any(outer.tag == "pre" for outer in self.open):
            entity = span | {"type": "pre", "language": opened.argument}
        elif opened.tag == "pre" and any(
            inner["type"] == "pre" and span.items() <= inner.items() for inner in self.entities
        ):
            entity = None
        if entity is not None:
            self.entities.append(entity)


def _argument(tag: str, name: str, value: str) -> str:
    match tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id") | ("blockquote", "expandable"):
            return value
        case "code", "class":
            return value.removeprefix("language-") if value.startswith("language-") else ""
        case "span", "class":
            return value.removeprefix("tg-") if value.startswith("tg-") else ""
    return ""


def _link(span: Entity, url: str) -> Entity | None:
    user = linked_user(url)
    if user is not None:
        return span | {"type": "text_mention", "user": {"id": user, "is_bot": False, "first_name": str(user)}}
    try:
        return span | {"type": "text_link", "url": checked_link(url)}
    except ValueError:
        return None


def _refusal(reason: str) -> ApiError:
    return bad_request(f"Can't parse entities: {reason}")
