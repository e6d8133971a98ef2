"""Topics, languages and the agreement: what the menu shows must exist, and what exists must be shown."""

from __future__ import annotations

from decimal import Decimal

from bot.catalogue.draft import Draft, Parsed
from bot.catalogue.models.city import AgreementFile
from bot.catalogue.models.menu import LanguagesFile
from bot.catalogue.problem import Report, did_you_mean, shown


def check(draft: Draft, report: Report) -> None:
    """Runs all rules of this family."""
    listed = _topics(draft, report)
    if listed is not None:
        _unlisted(draft, listed, report)
    _languages(draft, report)
    if draft.agreement:
        _agreement(draft.agreement, draft, report)
        if draft.languages:
            _tiers(draft.agreement, draft.languages, report)


def _topics(draft: Draft, report: Report) -> set[str] | None:
    """Each entry of a topic: it exists, stands in that topic's folder, and once. Answers with what is listed."""
    if draft.topics is None:
        return None
    listed: dict[str, str] = {}
    for topic, model in draft.topics.model.root.items():
        for number, intent in enumerate(model.intents):
            at = draft.topics.at((topic, "intents", number))
            if intent in listed:
                report.error(*at, f"the intent {shown(intent)} is listed twice", "keep one of the two entries")
                continue
            listed[intent] = topic
            found = draft.intents.get(intent)
            if found is None:
                mend = did_you_mean(intent, list(draft.intents), f"add the folder {topic}/{intent} or take it out")
                report.error(*at, f"there is no intent {shown(intent)}", mend)
            elif found.is_dialogue:
                report.warn(*at, f"the intent {shown(intent)} is a dialogue", "leave it out of the menu")
            elif found.topic != topic:
                what = f"the intent {shown(intent)} is listed under {shown(topic)} but its folder is {found.topic}/"
                report.error(*at, what, "move the folder or the entry")
    return set(listed)


def _unlisted(draft: Draft, listed: set[str], report: Report) -> None:
    """Intents and topic folders that the menu does not show."""
    topics = draft.topics.model.root if draft.topics else {}
    for intent in draft.intents.values():
        if intent.facts is None or intent.is_dialogue:
            continue
        if intent.topic not in topics:
            what = f"the folder {shown(intent.topic)} is not a topic of topics.yaml"
            report.error(intent.path, 1, what, did_you_mean(intent.topic, list(topics), "add it there"))
        elif intent.id not in listed:
            what = f"the intent {shown(intent.id)} is not listed in topics.yaml"
            report.error(intent.path, 1, what, f"add it under {shown(intent.topic)}, or set `kind: dialogue`")


def _languages(draft: Draft, report: Report) -> None:
    """Language files of unknown languages."""
    known = draft.language_codes()
    for intent in draft.intents.values():
        for language, file in intent.texts.items():
            if known is not None and language not in known:
                mend = "add it to languages.yaml or rename the file"
                report.error(file.path, 1, f"the language {shown(language)} is not in languages.yaml", mend)


def _agreement(agreement: Parsed[AgreementFile], draft: Draft, report: Report) -> None:
    """Cost shares and city folders fit the agreement."""
    model = agreement.model
    shares = agreement.at(("cost_shares",))
    total = sum(model.shares().values(), Decimal(0))
    if total != Decimal(100):
        report.error(*shares, f"the cost shares sum to {total} per cent", "make them sum to 100")
    if set(model.cost_shares) != set(model.cities):
        odd = ", ".join(sorted(set(model.cost_shares) ^ set(model.cities)))
        report.error(*shares, f"cost_shares and cities differ in {odd}", "name the same cities in both")
    if len(set(model.cities)) != len(model.cities):
        report.error(*agreement.at(("cities",)), "a city is named twice", "name each once")
    for city in sorted(set(model.cities) - draft.city_ids):
        report.error(*agreement.at(("cities",)), f"there is no cities/{city}/city.yaml", "add it or take the city out")
    for city, file in draft.cities.items():
        if city not in model.cities:
            report.error(file.path, 1, f"{shown(city)} is not a city of agreement.yaml", "add it there, or delete this")


def _tiers(agreement: Parsed[AgreementFile], languages: Parsed[LanguagesFile], report: Report) -> None:
    """The agreement's required languages are those of tier `required`; the others are offered or understood."""
    required = agreement.model.required_languages
    tiers = {code: language.tier for code, language in languages.model.root.items()}
    for code in required:
        if code not in tiers:
            what = f"the required language {shown(code)} is not in languages.yaml"
            report.error(*agreement.at(("required_languages",)), what, "add it there")
    for code, tier in tiers.items():
        if (tier == "required") != (code in required):
            said = "required" if code in required else "not required"
            what = f"{shown(code)} is {tier} here and {said} in agreement.yaml"
            report.error(*languages.at((code, "tier")), what, "make the two agree")
