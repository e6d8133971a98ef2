"""What the lead collects for translators: whole sentences, short button labels, no markup."""

import re
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract

import bot.rendering

SOURCES = sorted(Path(bot.rendering.__file__).parent.glob("*.py"))
KEYWORDS = {"tr": (1,), "plural": (1, 2)}


def messages():
    found = [
        message for source in SOURCES for _, message, _, _ in extract("python", BytesIO(source.read_bytes()), KEYWORDS)
    ]
    return [message[0] if isinstance(message, tuple) else message for message in found]


def test_every_text_is_a_literal_without_markup():
    found = messages()
    assert len(found) > 60
    calls = sum(len(re.findall(r"\btr(?:\.plural)?\((?!\"See)", source.read_text("utf-8"))) for source in SOURCES)
    assert len(found) == calls  # a text inside an f-string or not a literal is not found by the extractor
    assert not [message for message in found if re.search(r"[<>&]|^\s|\s$", message)]


def test_button_labels_are_short():
    source = "\n".join(path.read_text("utf-8") for path in SOURCES)
    labels = re.findall(r'Button\((?:reader\.)?tr\("([^"]+)"\)', source)
    assert len(labels) > 8
    assert not [label for label in labels if len(label) > 30]
