"""Starting a matter: intents and questions that exist, labels that fit a button, no question about who somebody is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.catalogue.draft import Draft, Parsed
from bot.catalogue.models.lodging import LodgingFile, MatterModel
from bot.catalogue.problem import Report, did_you_mean, shown
from bot.catalogue.rules.wording import bounds, word_count
from bot.catalogue.yaml_file import KeyPath

LONGEST_LABEL = 34
"""Characters of an option; a phone cuts a longer button."""

LONGEST_OPTION = 32
"""Characters of an option's id, which a button carries in Telegram's 64 bytes."""

WORDS = {"online": (10, 50), "in_person": (8, 50)}

IDENTIFYING = {
    "fi": (
        r"\w*henkilötunnu\w*|hetu(?:a|n|si|nne)?|sosiaaliturvatunnu\w*|iban\w*|"
        r"(?:etu|suku|koko|käyttäjä)?nim(?:i|en?|et|eä|ellä|eltä|iä|ien)(?:ni|si|nsä|mme|nne)?|"
        r"syntymä(?:ai|päiv|vuo)\w*|milloin (?:\w+ ){0,2}synty\w*|synnyit\w*|"
        r"\w*osoite(?:si|nne|nsa|tta\w*)?|\w*osoitte[ei]\w*|sähköposti\w*|\w*puheli[nm]\w*|kännyk\w*|"
        r"(?:passin ?|tili|asiakas|kortin ?)numero\w*"
    ),
    "sv": (
        r"personbeteckning\w*|personnum\w*|iban\w*|(?:för|efter|användar)?namn(?:et|en|s)?|"
        r"födelse(?:datum|dag|tid|år)\w*|när (?:\w+ ){0,2}född\w*|\w*adress\w*|e-post\w*|\w*telefon\w*|mobilnum\w*|"
        r"(?:passets |pass|konto|kund|kort)num\w*"
    ),
    "en": (
        r"(?:identity|personal) (?:codes?|numbers?)|social security numbers?|ssn|iban|(?:sur|fore|user)?names?|"
        r"(?:dates?|years?) of birth|birth ?(?:dates?|days?|years?)|when (?:\w+ ){1,3}born|address(?:es)?|e-?mails?|"
        r"(?:tele)?phones?|(?:mobile|passport|account|customer|card) numbers?"
    ),
}
"""Words with which a question asks who somebody is, or how to reach them; every question has these languages."""

_IDENTIFYING = {language: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for language, words in IDENTIFYING.items()}


def check(draft: Draft, report: Report) -> None:
    """Runs all rules of this family."""
    if draft.lodging is None:
        return
    file, asked = draft.lodging, set[str]()
    for intent, matter in file.model.matters.items():
        _intent(draft, file, intent, report)
        _asked(file, intent, matter, report)
        _lengths(file, intent, matter, report)
        asked.update(matter.questions)
    for key, question in file.model.questions.items():
        if key not in asked:
            what = f"no matter asks the question {shown(key)}"
            report.warn(*file.at(("questions", key)), what, "name it under a matter's `questions`, or take it out")
        _identity(file, ("questions", key, "text"), question.text, report)
        for option, label in question.options.items():
            keys: KeyPath = ("questions", key, "options", option)
            if len(option) > LONGEST_OPTION:
                what = f"the option's id {shown(option)} has {len(option)} characters"
                report.error(*file.at(keys), what, f"shorten it to {LONGEST_OPTION}")
            _identity(file, keys, label, report)
            _label(file, keys, label, report)


def _intent(draft: Draft, file: Parsed[LodgingFile], intent: str, report: Report) -> None:
    """A matter is an intent that the bot answers."""
    at, found = file.at(("matters", intent)), draft.intents.get(intent)
    if found is None:
        mend = did_you_mean(intent, list(draft.intents), "write an intent's id, or take the matter out")
        report.error(*at, f"there is no intent {shown(intent)}", mend)
    elif found.is_dialogue:
        report.error(*at, f"the intent {shown(intent)} is a dialogue", "take it out: only an answer can be started")
    elif found.texts and not any(text.model.answer for text in found.texts.values()):
        report.warn(*at, f"the intent {shown(intent)} has no answer yet", "answer it first: the facts stand there")


def _asked(file: Parsed[LodgingFile], intent: str, matter: MatterModel, report: Report) -> None:
    """Each question of a matter exists, and is asked once."""
    known = file.model.questions
    for number, question in enumerate(matter.questions):
        at = file.at(("matters", intent, "questions", number))
        if question not in known:
            mend = did_you_mean(question, list(known), "add it under `questions` at the top, or take it out")
            report.error(*at, f"there is no question {shown(question)}", mend)
        elif question in matter.questions[:number]:
            report.error(*at, f"the question {shown(question)} is asked twice", "keep one")


def _lengths(file: Parsed[LodgingFile], intent: str, matter: MatterModel, report: Report) -> None:
    """What is done where is told in a few sentences."""
    for key, words in WORDS.items():
        texts: Mapping[str, str] = getattr(matter, key)
        for language, text in texts.items():
            count, (least, most) = word_count(text), bounds(language, words)
            if not least <= count <= most:
                what = f"the {language} text of {shown(key)} has {count} words"
                report.warn(*file.at(("matters", intent, key, language)), what, f"write {least} to {most}")


def _label(file: Parsed[LodgingFile], above: KeyPath, label: Mapping[str, str], report: Report) -> None:
    """A label is one line that fits a button."""
    for language, text in label.items():
        at = file.at((*above, language))
        if len(text) > LONGEST_LABEL:
            what = f"the label {shown(text)} has {len(text)} characters"
            report.error(*at, what, f"shorten it to {LONGEST_LABEL}: it is a button")
        elif "\n" in text:
            report.error(*at, f"the label {shown(text)} has several lines", "write one line")


def _identity(file: Parsed[LodgingFile], above: KeyPath, texts: Mapping[str, str], report: Report) -> None:
    """No question or option is about what tells who somebody is."""
    for language, text in texts.items():
        pattern = _IDENTIFYING.get(language)
        found = pattern.search(text) if pattern else None
        if found:
            what = f"{shown(found.group())} seems to ask who somebody is"
            mend = "ask only what identifies nobody: the advisor asks the rest at the desk"
            report.error(*file.at((*above, language)), what, mend)
