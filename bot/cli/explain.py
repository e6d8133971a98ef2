"""The words of `neuvoja ask --explain`: plain lines, one item each, so that a terminal keeps them in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from bot.domain.answer import Guidance
from bot.domain.match import Candidate, Decision
from bot.domain.place import Place
from bot.matching.decision import URGENT_SHOWN
from bot.matching.evidence import Evidence, Weighed
from bot.matching.explain import Alike, Explanation, Read, Rule
from bot.rendering.elsewhere import country_name

WORDS = 60
"""Words of a long message that are printed."""

WIDTH = 160
"""Characters of an example or a part that are printed."""

_DECISIONS = {Decision.ANSWER: "an answer", Decision.CHOICE: "a choice", Decision.HANDOFF: "a person"}


def as_words(why: Explanation, guidance: Guidance | None) -> str:
    """The explanation for a terminal; `guidance` is None when a place was written and nothing was matched."""
    return "\n".join(_lines(why, guidance))


def as_values(why: Explanation, guidance: Guidance | None) -> dict[str, object]:
    """The explanation as data for JSON, with the place and the country that are not the matcher's business."""
    place = guidance.place if guidance else None
    return {
        **_values(why),
        "matched": guidance is not None,
        "place": asdict(place) if place else None,
        "country": guidance.country if guidance else None,
    }


def _values(why: Explanation) -> dict[str, object]:
    """What the matcher did, as plain values."""
    calibration = why.calibration
    return {
        "text": why.text,
        "read": asdict(why.read),
        "decision": why.match.decision,
        "rule": why.rule,
        "intents": [asdict(one) for one in why.match.intents],
        "thresholds": {
            "answer": calibration.answer,
            "choice": calibration.choice,
            "urgent_answer": calibration.urgent,
            "urgent_shown": URGENT_SHOWN,
            "part": calibration.part,
        },
        "urgent": sorted(why.urgent),
        "signals": asdict(why.signals) if why.signals else None,
        "candidates": [asdict(one) for one in why.candidates],
        "lead": asdict(why.lead) if why.lead else None,
        "alike": [asdict(one) for one in why.alike],
        "parts": [_values(part) for part in why.parts],
    }


def _lines(why: Explanation, guidance: Guidance | None) -> Iterator[str]:
    yield "WHY"
    yield ""
    yield "How the message was read"
    yield from _read(why.read)
    if guidance is None:
        yield "  It is nothing but a place: the city is set and no intent is looked for."
        return
    if guidance.place:
        yield f"  place: {_place(guidance.place)}"
    yield ""
    yield from _country(why, guidance.country) if guidance.country else _outcome(why.match.decision)
    yield from _decision(why)
    if not why.parts:
        yield from _details(why)
    for number, part in enumerate(why.parts, 1):
        yield ""
        yield f"QUESTION {number}: {_short(part.text)}"
        yield ""
        yield "How it was read"
        yield from _read(part.read)
        yield from _details(part)


def _read(read: Read) -> Iterator[str]:
    language = read.language
    if language.language:
        script = ", written in Latin letters" if language.romanised else ""
        yield f"  language: {language.language}{script} ({language.confidence:.0%} sure)"
    else:
        yield "  language: not told"
    yield f"  words: {_first(read.words)}"
    if read.native is not None:
        yield f"  read as: {_first(read.native)}"
    elif language.romanised:
        yield "  read as: written, in Latin letters; they are known so, or fit better so"
    for wrong, right in read.corrected.items():
        yield f"  corrected: {wrong} -> {right}"
    for word in read.unknown[:WORDS]:
        yield f"  unknown: {word}"
    yield f"  known: {read.known:.0%} of the words (a corrected one counts half)"
    for named in read.understood:
        lenders = f" from {' '.join(named.languages)}" if named.languages else ""
        yield f"  understood: {named.concept} ({', '.join(named.words)}){lenders}"


def _place(place: Place) -> str:
    if place.outside:
        return f"{place.name}, outside the four cities"
    return f"{place.name}, in {place.city or ' or '.join(place.ambiguous)}"


def _decision(why: Explanation) -> Iterator[str]:
    """The rule that decided, with its numbers."""
    levels = why.calibration
    if why.rule is Rule.NOTHING_KNOWN:
        yield "  because no word of the message is known"
        return
    if why.rule is Rule.TWO_QUESTIONS:
        yield f"  because the message asks two questions, each of which scores {levels.part:.2f} or more:"
        yield from (f"  {_scored(one)}" for one in why.match.intents)
        return
    best = why.match.ranked[0]
    yield f"  {_scored(best)}" + (", an urgent matter" if best.intent in why.urgent else "")
    yield f"  an answer needs {levels.answer:.2f}, a choice {levels.choice:.2f}"
    if best.intent in why.urgent:
        shown = min(levels.choice, URGENT_SHOWN)
        yield f"  urgent: an answer needs {levels.urgent:.2f}, a choice {shown:.2f}"
    if why.rule is Rule.URGENT_BEHIND:
        for one in why.match.ranked[1:]:
            if one.intent in why.urgent and one.score >= URGENT_SHOWN:
                yield f"  {_scored(one)}: it is urgent, from {URGENT_SHOWN:.2f} on it is never hidden: no direct answer"
    if why.signals:
        yield "  the score is computed from:"
        yield f"    {why.signals.best:+.2f}  the first candidate's total"
        yield f"    {why.signals.gap:+.2f}  its lead"
        yield f"    {why.signals.text:+.2f}  its lead in words, word pairs and letters alone"
        yield f"    {why.signals.concepts:+.2f}  its lead in concepts alone"
        yield f"    {why.signals.stranger:+.2f}  total of the messages out of scope"
        yield f"    {why.signals.known:5.0%}  known words"


def _outcome(decision: Decision) -> Iterator[str]:
    yield f"Decision: {_DECISIONS[decision]}"


def _country(why: Explanation, country: str) -> Iterator[str]:
    """The outcome of a question about another country, which is never answered as one about Finland."""
    asked = f"  country: the message asks about {country_name(country, 'en')} ({country}), not Finland"
    if why.match.decision is Decision.ANSWER:
        yield from _outcome(Decision.CHOICE)
        yield f"{asked}: a choice instead of an answer"
    else:
        yield from _outcome(why.match.decision)
        yield asked


def _details(why: Explanation) -> Iterator[str]:
    """Candidates, what parted the first two, and examples like the message."""
    for number, one in enumerate(why.candidates, 1):
        yield ""
        yield f"Candidate {number}: {one.intent}"
        yield from _candidate(one)
    if why.lead:
        first, second = why.candidates[:2]
        yield ""
        yield f"Why {first.intent} before {second.intent}: it leads by {why.lead.by:.2f}"
        yield from _sums(why.lead.shares, why.lead.evidence)
    for intent in dict.fromkeys(one.intent for one in why.alike):
        yield ""
        yield f"Examples of {intent} that are most like the message (likeness 0-100)"
        yield from (_alike(one) for one in why.alike if one.intent == intent)


def _candidate(one: Weighed) -> Iterator[str]:
    yield f"  score {one.score:.2f}, total {one.total:+.2f}, which is the sum of:"
    yield from _sums(one.shares, one.evidence)


def _sums(shares: Mapping[str, float], evidence: Sequence[Evidence]) -> Iterator[str]:
    for kind, share in shares.items():
        if abs(share) >= 0.005:
            yield f"  {share:+6.2f}  {kind}"
            for one in evidence:
                if one.kind == kind:
                    yield f"    {one.weight:+6.2f}  {' + '.join(one.names)}"


def _alike(one: Alike) -> str:
    return f"  {one.likeness:3.0f}  {one.language}  {_short(one.text)}"


def _scored(one: Candidate) -> str:
    return f"{one.intent} scores {one.score:.2f}"


def _first(words: Sequence[str]) -> str:
    """The first words, and how many more there are."""
    more = len(words) - WORDS
    return " ".join(words[:WORDS]) + (f" ... and {more} more" if more > 0 else "") if words else "none"


def _short(text: str) -> str:
    """A text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= WIDTH else line[: WIDTH - 1] + "…"
