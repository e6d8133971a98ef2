"""What the bot says about itself: welcome, help, status, privacy, and what it cannot read."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.catalogue import Catalogue
from bot.domain.dated import in_language
from bot.domain.resident import NOT_IN_FINLAND, Resident
from bot.locales import Translator
from bot.rendering import actions
from bot.rendering.html import bold, escape
from bot.rendering.menus import topics_button
from bot.rendering.points import person_button
from bot.rendering.screen import Button, Screen


@dataclass(frozen=True, slots=True)
class Practice:
    """What the privacy notice is made from: the running settings."""

    retention_days: int


def text(words: str, *buttons: Button) -> Screen:
    """A screen of plain words with a row of buttons."""
    return Screen(escape(words), (buttons,) if buttons else ())


def welcome(practice: Practice, catalogue: Catalogue, tr: Translator) -> Screen:
    """The first words: what this is and what it is not, and what happens to what is written here."""
    return Screen(
        bold(tr("Welcome to Neuvoja."))
        + "\n"
        + escape(
            tr(
                "I am a bot of advice for residents of Helsinki, Espoo, Vantaa and Kauniainen. I tell where to go and "
                "what to do first. I cannot decide anything. The cities' advice points also help you in person."
            )
        )
        + "\n\n"
        + escape(short_privacy(practice, catalogue, tr))
        + "\n"
        + escape(tr("Do not write your personal identity code here. How I use your messages: /privacy"))
    )


def short_privacy(practice: Practice, catalogue: Catalogue, tr: Translator) -> str:
    """The notice at first use, in two lines: what is stored, how long, and who answers for it."""
    stored = tr.plural(
        "I store your language, city and messages, not your name, and delete what you wrote after {n} day.",
        "I store your language, city and messages, not your name, and delete what you wrote after {n} days.",
        practice.retention_days,
    )
    owners = ", ".join(city.owner for city in catalogue.cities.values())
    return stored + "\n" + tr("Your own city is the controller: {owners}.", owners=owners)


def ready(tr: Translator) -> Screen:
    """The invitation to ask."""
    return text(tr("Now write your question in your own words, or choose a topic."), topics_button(tr))


def help_page(tr: Translator) -> Screen:
    """Every command in a line."""
    lines = [
        escape(tr("Write your question in your own words. One or two sentences are best.")),
        "",
        "/topics – " + escape(tr("choose a question from a list")),
        "/city – " + escape(tr("tell where you live")),
        "/language – " + escape(tr("change the language")),
        "/human – " + escape(tr("talk to a person")),
        "/status – " + escape(tr("what I know of you and who answers you")),
        "/privacy – " + escape(tr("how your messages are used")),
        "/mydata – " + escape(tr("get everything that is stored about you")),
        "/delete – " + escape(tr("delete everything that is stored about you")),
        "/cancel – " + escape(tr("stop what was started")),
    ]
    return Screen("\n".join(lines), ((topics_button(tr), person_button(tr)),))


def human_only(tr: Translator, intent: str | None = None) -> Screen:
    """In place of every answer while the bot gives none: a person helps, about `intent` if given."""
    return Screen(f"{escape(_answers_off(tr))}\n{danger(tr).html}", ((person_button(tr, intent),),))


def danger(tr: Translator) -> Screen:
    """The emergency number."""
    return text(tr("If life or health is in danger, call 112."))


def status(catalogue: Catalogue, resident: Resident, tr: Translator, *, human_only: bool) -> Screen:
    """The resident's settings and who answers."""
    answering = tr("I, the bot, answer your questions. You have no open request to an advisor.")
    lines = [
        escape(tr("Language: {language}", language=_language(catalogue, resident))),
        escape(tr("City: {city}", city=_city(catalogue, resident, tr))),
        escape(_answers_off(tr) if human_only else answering),
    ]
    buttons = (
        Button(tr("Change the language"), actions.act(actions.LANGUAGE)),
        Button(tr("Change the city"), actions.act(actions.CITY)),
    )
    return Screen("\n".join(lines), (buttons, *(((person_button(tr),),) if human_only else ())))


def privacy(practice: Practice, catalogue: Catalogue, city: str | None, tr: Translator) -> Screen:
    """The notice, made from the running settings and data; `city` is the resident's."""
    days = tr.plural(
        "Texts are deleted after {n} day; only figures without texts and without you remain.",
        "Texts are deleted after {n} days; only figures without texts and without you remain.",
        practice.retention_days,
    )
    own = catalogue.cities.get(city or "")
    owners = own.owner if own else ", ".join(each.owner for each in catalogue.cities.values())
    paragraphs = [
        tr(
            "I store your language, your city and your messages. I do not store your name, username, phone number or "
            "location."
        ),
        tr(
            "Personal identity codes, account and card numbers, e-mail addresses and phone numbers are replaced by "
            "stars before anything is stored. Please do not send them."
        ),
        tr(
            "When you ask for a person, the advisors of the desk see your request under a number, not your name. "
            "Who opened it is logged."
        ),
        days,
        tr("Controller: {owner}", owner=owners)
        if own
        else tr("Your own city is the controller: {owners}.", owners=owners),
        tr("The cities use the messages only to advise you and to improve this service. Telegram also sees them."),
        tr("See what is stored: /mydata. Delete it: /delete."),
    ]
    return Screen("\n\n".join(escape(paragraph) for paragraph in paragraphs))


def masked(tr: Translator) -> Screen:
    """Told when an identifier was taken out of a message."""
    return text(
        tr(
            "I removed a personal number or an address from your message and did not store it. "
            "Please do not send identity codes, account numbers, e-mail addresses or phone numbers here."
        )
    )


def unreadable(tr: Translator) -> Screen:
    """The answer to voice, photos, stickers and files."""
    words = tr(
        "Thank you, but I can only read text. Please write your question, share your location, or choose a topic. "
        "Do not send pictures of documents here."
    )
    return text(words, topics_button(tr), person_button(tr))


def _answers_off(tr: Translator) -> str:
    return tr(
        "My own answers are switched off for now. A person helps you: press the button, or call or visit an advice "
        "point."
    )


def _language(catalogue: Catalogue, resident: Resident) -> str:
    known = catalogue.languages.get(resident.language or "")
    return known.name if known else "–"


def _city(catalogue: Catalogue, resident: Resident, tr: Translator) -> str:
    if resident.city == NOT_IN_FINLAND:
        return tr("I am not in Finland yet")
    city = catalogue.cities.get(resident.city or "")
    return in_language(city.names, tr.language) if city else "–"
