"""Intents that cannot be answered yet in a language the bot writes: told in one line each."""

from __future__ import annotations

from bot.catalogue.draft import Draft, IntentDraft
from bot.catalogue.problem import Report, shown


def check(draft: Draft, report: Report) -> None:
    """Runs all rules of this family."""
    required = draft.required_languages()
    for intent in draft.intents.values():
        if intent.facts is None:
            continue
        _missing(intent, required, report)
        offered = [code for code in intent.texts if code not in required and draft.is_written(code)]
        _unanswered(intent, [*required, *offered], report)


def _missing(intent: IntentDraft, required: list[str], report: Report) -> None:
    """Required languages without a file."""
    missing = [code for code in required if code not in intent.languages]
    if missing:
        what = f"the intent {shown(intent.id)} has no {', '.join(f'{code}.yaml' for code in missing)}"
        mend = "the language is required: write it" if len(missing) == 1 else "the languages are required: write them"
        report.warn(intent.path, 1, what, mend)


def _unanswered(intent: IntentDraft, written: list[str], report: Report) -> None:
    """Languages with a file and no answer, and what residents get meanwhile."""
    lacking = [code for code in written if code in intent.texts and not intent.texts[code].model.answer]
    if not lacking:
        return
    answered = [code for code in dict.fromkeys(("fi", "en", *intent.texts)) if _answers(intent, code)]
    if answered:
        meanwhile = f"the bot gives the answer in {answered[0]}"
    elif intent.is_dialogue:
        meanwhile = "the bot says nothing"
    else:
        meanwhile = "the bot gives title, authority and a person"
    report.warn(intent.path, 1, f"draft: no answer in {', '.join(lacking)} yet", meanwhile)


def _answers(intent: IntentDraft, language: str) -> bool:
    return language in intent.texts and bool(intent.texts[language].model.answer)
