"""Languages inside a file: required ones present, no unknown ones, the same steps in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.catalogue.draft import Draft, IntentDraft
from bot.catalogue.models.base import DatedModel
from bot.catalogue.problem import Report, did_you_mean, shown
from bot.catalogue.rules.walk import translations


def check(draft: Draft, report: Report) -> None:
    """Runs all rules of this family."""
    known = draft.language_codes()
    required = draft.required_languages()
    for entry in translations(draft):
        for language in entry.texts:
            if known is not None and language not in known:
                mend = did_you_mean(language, known, "add it to languages.yaml or take it out")
                at = entry.file.at((*entry.keys, language))
                report.error(*at, f"the language {shown(language)} is not in languages.yaml", mend)
        missing = [language for language in required if language not in entry.texts]
        if missing:
            name = " ".join(shown(key) for key in entry.keys if isinstance(key, str))
            report.warn(*entry.file.at(entry.keys), f"{name} has no {', '.join(missing)}", "required: write it")
    for intent in draft.intents.values():
        _terms(intent, known, report)
        _steps(intent, required, report)
        _periods(intent, required, report)


def _terms(intent: IntentDraft, known: list[str] | None, report: Report) -> None:
    """Official terms have a Finnish form, and better a Swedish one too."""
    if intent.facts is None:
        return
    for number, term in enumerate(intent.facts.model.terms):
        at = intent.facts.at(("terms", number))
        if "fi" not in term:
            report.error(*at, f"`terms` entry {number + 1} has no fi", "residents meet the Finnish term in letters")
        elif "sv" not in term:
            report.warn(*at, f"the term {shown(term['fi'])} has no sv", "add the Swedish official term")
        for language in term:
            if known is not None and language not in known:
                report.error(*at, f"the language {shown(language)} is not in languages.yaml", "take it out")


def _steps(intent: IntentDraft, required: list[str], report: Report) -> None:
    """Every reviewed language has as many steps as the first required one, else as most have."""
    counts = {code: len(file.model.steps) for code, file in intent.texts.items() if file.model.answer}
    if len(set(counts.values())) < 2:
        return
    leading = next((code for code in required if code in counts), None)
    expected = counts[leading] if leading else Counter(counts.values()).most_common(1)[0][0]
    for language, count in counts.items():
        if count != expected:
            compared = f"{leading}.yaml has {expected}" if leading else f"other languages have {expected}"
            at = intent.texts[language].at(("steps",))
            report.warn(*at, f"{count} steps, {compared}", "translate the same steps")


def _periods(intent: IntentDraft, required: list[str], report: Report) -> None:
    """Every reviewed language changes its words on the same days as the first required one."""
    files = {code: file for code, file in intent.texts.items() if file.model.answer}
    leading = next((code for code in required if code in files), None)
    if leading is None:
        return
    expected = _days(files[leading].model.dated)
    for file in files.values():
        given = _days(file.model.dated)
        said = [f"lacks words {period}, which {leading}.yaml has" for period in expected if period not in given]
        said += [f"has words {period}, which {leading}.yaml lacks" for period in given if period not in expected]
        if said:
            what = f"`dated` {', and '.join(said)}"
            report.warn(*file.at(("dated",)), what, "give every language the same days")


def _days(versions: Sequence[DatedModel]) -> list[str]:
    """The days of dated versions, in words and in order; one without a day is told elsewhere."""
    ordered = sorted((str(version.valid_from or ""), str(version.valid_until or "")) for version in versions)
    words = [" ".join(f"{word} {day}" for word, day in (("from", a), ("until", b)) if day) for a, b in ordered]
    return [period for period in words if period]
