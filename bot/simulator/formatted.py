"""Text arguments: parse_mode or entities to what is stored, with the limits of texts and captions."""

from typing import Any

from bot.simulator.entities import Entity, detect, given_entities, is_blank, tidy
from bot.simulator.errors import bad_request
from bot.simulator.markdown import parse_markdown
from bot.simulator.markup import parse_html
from bot.simulator.params import Params

Json = dict[str, Any]

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
_RAW_BYTES = 32_768


def read_text(params: Params) -> tuple[str, list[Entity]]:
    """The `text` argument parsed; empty, over-long raw or malformed text is refused."""
    source = params.text("text")
    if not source:
        raise bad_request("Message text is empty")
    return _parse(params, source, "entities")


def read_link_preview(params: Params) -> Json:
    """`link_preview_options` of a message, or nothing."""
    if "link_preview_options" not in params.values:
        return {}
    options = params.json("link_preview_options", "link preview options")
    if not isinstance(options, dict):
        raise bad_request("Object expected as link preview options")
    for name, value in options.items():
        if name != "url" and not isinstance(value, bool):
            raise bad_request(f'Field "{name}" must be of type Boolean')
    return {"link_preview_options": options}


def read_caption(params: Params) -> tuple[str, list[Entity]]:
    """The `caption` argument parsed; may be empty."""
    return _parse(params, params.text("caption"), "caption_entities")


def _parse(params: Params, source: str, entities_name: str) -> tuple[str, list[Entity]]:
    if len(source) > _RAW_BYTES // 4 and len(source.encode()) > _RAW_BYTES:
        raise bad_request("Text is too long")
    mode = params.text("parse_mode").lower()
    if not source or mode in {"", "none"}:
        given = params.values.get(entities_name)
        return source, given_entities(source, params.json(entities_name, entities_name)) if given else []
    if mode == "html":
        return parse_html(source)
    if mode == "markdownv2":
        return parse_markdown(source)
    raise bad_request("Unsupported parse_mode")


def stored_text(parsed: tuple[str, list[Entity]], too_long: str = "Message is too long") -> Json:
    """`text` and `entities` of a message; the length counts characters after parsing."""
    text, entities = tidy(*parsed)
    if is_blank(text):
        raise bad_request("Text must be non-empty")
    if len(text) > TEXT_LIMIT:
        raise bad_request(too_long)
    found = detect(text, entities)
    return {"text": text, "entities": found} if found else {"text": text}


def stored_caption(parsed: tuple[str, list[Entity]], too_long: str = "Message caption is too long") -> Json:
    """`caption` and `caption_entities` of a message, or nothing."""
    text, entities = tidy(*parsed)
    if len(text) > CAPTION_LIMIT:
        raise bad_request(too_long)
    if not text:
        return {}
    found = detect(text, entities)
    return {"caption": text, "caption_entities": found} if found else {"caption": text}
