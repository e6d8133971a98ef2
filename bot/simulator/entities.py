"""Text and its entities: UTF-16 offsets, trimming, what Telegram finds by itself, and back to HTML."""

import html
import re
from typing import Any

from bot.simulator.errors import bad_request

Entity = dict[str, Any]

_INVISIBLE = " \t\n\u00a0\u00ad\u180e\u2028\u2029\u202f\u205f\u2060\u2800\u3000\ufeff" + "".join(
    chr(code) for code in range(0x2000, 0x2010)
)
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_WORTH_A_LOOK = re.compile(r"[/@#+.]")
# Kind, a character without which it cannot be there, pattern; earlier kinds win.
_FOUND_BY_ITSELF = (
    ("email", "@", re.compile(r"[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")),
    ("url", "://", re.compile(r"(?:https?|ftp|tg)://[^\s<>\"«»]*[^\s<>\"«».,:;!?')\]]", re.IGNORECASE)),
    (
        "url",
        ".",
        re.compile(
            r"(?<![\w@./-])(?:[\w-]+\.)+(?:fi|se|ee|com|org|net|eu|info|io|me|dev|app|ru|ua|so|uk)(?:/[^\s<>\"]*[\w/])?(?![\w-])",
            re.IGNORECASE,
        ),
    ),
    ("mention", "@", re.compile(r"(?<![\w/])@[A-Za-z]\w{2,31}")),
    ("bot_command", "/", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])", re.ASCII)),
    ("hashtag", "#", re.compile(r"(?<!\w)#\w*[^\W\d_]\w*")),
    ("phone_number", "+", re.compile(r"(?<![\w+])\+\d[\d ()-]{6,17}\d(?!\d)")),
)
_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "blockquote": "blockquote",
}
_WRITTEN_BY_BOTS = frozenset(
    {*_TAGS, "pre", "text_link", "text_mention", "custom_emoji", "expandable_blockquote", "date_time"}
)
_FOUND = frozenset({"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"})
_SPLITTABLE = frozenset(
    {"bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote"}
)


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, the unit of entity offsets."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def sort_entities(entities: list[Entity]) -> list[Entity]:
    """Outer before inner, in order of the text."""
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def is_blank(text: str) -> bool:
    """Whether nothing of the text would be visible; Telegram counts it as empty."""
    return not text.strip(_INVISIBLE)


def tidy(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """The text as Telegram stores it: control characters are spaces, the ends are trimmed, entities moved along."""
    if _CONTROL.search(text):
        if "\r" in text and not entities:
            text = text.replace("\r", "")
        text = _CONTROL.sub(" ", text)
    kept = text.rstrip(" \n")
    lead = len(kept) - len(kept.lstrip(" \n"))
    if entities:
        lead = min(lead, *(entity["offset"] for entity in entities))
    if lead:
        kept = kept[lead:]
    if not entities or len(kept) == len(text):
        return kept, entities
    end = utf16_length(kept)
    moved = [
        entity | {"offset": offset, "length": min(entity["length"], end - offset)}
        for entity in entities
        if (offset := entity["offset"] - lead) < end
    ]
    return kept, moved


def detect(text: str, entities: list[Entity]) -> list[Entity]:
    """The given entities and the links, commands, mentions, hashtags, phone numbers Telegram finds by itself."""
    if not _WORTH_A_LOOK.search(text):
        return entities
    taken = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in entities
        if entity["type"] not in _SPLITTABLE
    ]
    found = []
    for kind, sign, pattern in _FOUND_BY_ITSELF:
        for match in pattern.finditer(text) if sign in text else ():
            begin = utf16_length(text[: match.start()])
            end = begin + utf16_length(match.group())
            if all(end <= other_begin or begin >= other_end for other_begin, other_end in taken):
                taken.append((begin, end))
                found.append({"offset": begin, "length": end - begin, "type": kind})
    return sort_entities([*entities, *found]) if found else entities


def given_entities(text: str, value: Any) -> list[Entity]:
    """The `entities` argument, checked against the text; those Telegram finds by itself are dropped."""
    if not isinstance(value, list):
        return []
    end = utf16_length(text)
    return sort_entities([dict(entity) for entity in value if _checked(entity, end)])


def _checked(entity: Any, end: int) -> bool:
    if not isinstance(entity, dict):
        raise bad_request("Can't parse MessageEntity: expected an Object")
    kind = entity.get("type")
    if kind not in _WRITTEN_BY_BOTS | _FOUND:
        raise bad_request("Can't parse MessageEntity: Unsupported type specified")
    offset, length = entity.get("offset"), entity.get("length")
    for name, number in (("offset", offset), ("length", length)):
        if not isinstance(number, int):
            raise bad_request(f"Can't parse MessageEntity: Can't find field \"{name}\"")
    assert isinstance(offset, int)
    assert isinstance(length, int)
    if kind in _FOUND or length <= 0:
        return False
    if offset < 0:
        raise bad_request(f"Receive an entity with incorrect offset {offset}")
    if offset > end:
        raise bad_request(f"Entity begins after the end of the text at UTF-16 offset {offset}")
    if offset + length > end:
        reason = f"Entity beginning at UTF-16 offset {offset} ends after the end of the text at UTF-16 offset"
        raise bad_request(f"{reason} {offset + length}")
    return True


def to_html(text: str, entities: list[Entity]) -> str:
    """Telegram HTML of the text; what Telegram found by itself stays plain."""
    tagged = [entity for entity in sort_entities(entities) if entity["type"] in _WRITTEN_BY_BOTS]
    if not tagged:
        return html.escape(text, quote=False)
    units = text.encode("utf-16-le", "surrogatepass")
    return _render(units, 0, len(units) // 2, tagged)


def _render(units: bytes, begin: int, end: int, entities: list[Entity]) -> str:
    parts = []
    at = begin
    rest = entities
    while rest:
        entity, *rest = rest
        stop = min(entity["offset"] + entity["length"], end)
        inner = [other for other in rest if other["offset"] < stop]
        rest = rest[len(inner) :]
        opening, closing = _tag(entity)
        parts += [_slice(units, at, entity["offset"]), opening, _render(units, entity["offset"], stop, inner), closing]
        at = stop
    parts.append(_slice(units, at, end))
    return "".join(parts)


def _slice(units: bytes, begin: int, end: int) -> str:
    return html.escape(units[2 * begin : 2 * end].decode("utf-16-le", "surrogatepass"), quote=False)


def _tag(entity: Entity) -> tuple[str, str]:
    kind = entity["type"]
    if kind == "text_link":
        return f'<a href="{html.escape(entity["url"])}">', "</a>"
    if kind == "text_mention":
        return f'<a href="tg://user?id={entity["user"]["id"]}">', "</a>"
    if kind == "custom_emoji":
        return f'<tg-emoji emoji-id="{entity["custom_emoji_id"]}">', "</tg-emoji>"
    if kind == "expandable_blockquote":
        return "<blockquote expandable>", "</blockquote>"
    if kind == "pre":
        if language := entity.get("language"):
            return f'<pre><code class="language-{html.escape(language)}">', "</code></pre>"
        return "<pre>", "</pre>"
    name = _TAGS.get(kind)
    return (f"<{name}>", f"</{name}>") if name else ("", "")
