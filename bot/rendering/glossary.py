"""What an official term means: the explanation, the term in both official languages, and where to go on."""

from __future__ import annotations

from datetime import datetime

from bot.domain.answer import Explained
from bot.domain.catalogue import Catalogue
from bot.domain.intent import Intent
from bot.locales import Translator
from bot.rendering import actions
from bot.rendering.html import bold, isolate, italic, link, ltr, mark, prose, safe
from bot.rendering.numbers import language_name
from bot.rendering.points import person_button, short_url
from bot.rendering.reader import Reader
from bot.rendering.screen import Button, Screen


def explained_screen(part: Explained, catalogue: Catalogue, tr: Translator, at: datetime) -> Screen:
    """The explanation in the resident's language, with a button to each intent that goes on from it."""
    reader, term = Reader(catalogue, tr, at), part.term
    explanation = reader.text(term.explanation)
    blocks = [
        bold(tr("🚨 Urgent. If life or health is in danger, call 112 now.")) if part.urgent else "",
        bold(isolate(term.sv if reader.language == "sv" else term.fi, reader.rtl)),
        prose(explanation, reader.rtl),
        _names(part, reader),
        _source(part, reader),
        _other_language(part, explanation, reader),
    ]
    rows = [(_option(catalogue.intents[intent], reader),) for intent in part.options]
    return Screen("\n\n".join(block for block in blocks if block), (*rows, (person_button(tr, part.intent),)))


def _option(intent: Intent, reader: Reader) -> Button:
    title = intent.title(reader.language)
    return Button(f"🚨 {title}" if intent.urgent else title, actions.act(actions.ANSWER, intent.id))


def _names(part: Explained, reader: Reader) -> str:
    """The term in Finnish and Swedish; the reader's own language stands in the heading."""
    tr, rtl = reader.tr, reader.rtl
    lines = {
        "fi": safe(tr("In Finnish: {terms}", terms=isolate(part.term.fi, rtl))),
        "sv": safe(tr("In Swedish: {terms}", terms=isolate(part.term.sv, rtl))),
    }
    return "\n".join(line for language, line in lines.items() if language != reader.language)


def _source(part: Explained, reader: Reader) -> str:
    """The official page: the glossary holds no day on which somebody compared it."""
    tr = reader.tr
    if not part.term.sources:
        return italic(tr("Not yet compared with the official pages. Ask before you act."))
    url = part.term.sources[0]
    shown = mark(link(url, ltr(short_url(url), reader.rtl)))
    line = tr("Not yet compared with the official pages. Check the details at {link}.", link=shown)
    return f"<i>{safe(line)}</i>"


def _other_language(part: Explained, explanation: str, reader: Reader) -> str:
    """Said when the explanation is missing in the resident's language."""
    if part.term.explanation.get(reader.language):
        return ""
    shown = next(language for language, text in part.term.explanation.items() if text == explanation)
    name = language_name(shown, reader.language) or shown
    words = reader.tr("Not translated into your language yet. Language of this text: {language}.", language=name)
    return italic(words)
