"""Files to begin an intent or a language with: comments in Finnish and English, and no error in `neuvoja check`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from babel import Locale, UnknownLocaleError

from bot.catalogue.draft import Draft
from bot.catalogue.models.menu import UNDERSTOOD
from bot.catalogue.problem import did_you_mean

LONGEST_ID = 40
"""Characters of an intent's id; a button carries it in Telegram's 64 bytes."""

_TITLES = {"fi": "Uusi asia ({})", "sv": "Nytt ärende ({})", "en": "New matter ({})"}

_FACTS = """\
# Kaikille kielille yhteiset tiedot. Ohje: docs/editors.fi.md, "Lisää uusi asia".
# Facts that no language changes. Guide: docs/editors.md, "Add an intent".

# answer: vastaus asukkaalle / an answer for residents. dialogue: botin oma repliikki / what the bot says itself.
kind: answer
# urgent vain hätätilanteissa / in emergencies only
urgency: normal
# Kuka hoitaa ja minkä palvelun pisteet näytetään: tunnukset ovat tiedostossa knowledge/services.yaml, tai null.
# Who handles it, and the points of which service are shown: the ids are in knowledge/services.yaml, or null.
authority: null
service: null
# Pitääkö käydä paikalla / must one go there: no, sometimes, always
in_person: no
# Viralliset termit / official terms:
#   - {fi: verokortti, sv: skattekort}
terms: []
# Muut asiat, joita tarjotaan seuraavaksi / other intents that are offered next: [tax-card, bank-account]
related: []
# Viralliset sivut, joihin vastaus perustuu. checked on null, kunnes joku on verrannut tekstiä sivuun.
# Official pages that the answer rests on. checked is null until somebody has compared the text with the page.
#   - {url: "https://www.vero.fi/...", checked: null, by: null, certainty: medium}
sources: []
# shared: kaikki neljä kaupunkia / all four cities. Muuten / else: helsinki, espoo, vantaa, kauniainen
owner: shared
# Monenko päivän kuluttua tiedot tarkistetaan uudelleen / days until the facts are checked again
review_after: 180
"""

_TEXT = """\
# Enintään 60 merkkiä; otsikko on myös painike, ja asukas näkee sen heti.
# At most 60 characters; the title is also a button, and residents see it at once.
title: {title}

# Kun kirjoitat vastauksen, poista rivien alusta "# ". 40-120 sanaa: mikä se on, kuka hoitaa, mitä tehdään ensin.
# When you write the answer, take the "# " away. 40 to 120 words: what it is, who handles it, what to do first.
# answer: |
#   ...
# steps:
#   - ...
# bring:
#   - ...

# Viestejä, joita asukas voisi kirjoittaa, ainakin 24 erilaista, rivi kutakin kohti:
# Messages that a resident might write, at least 24 different ones, a line each:
#   - ...
examples:
"""

_LEXICON = """\
# {code}: sanat, joilla asukkaat puhuvat kustakin käsitteestä: [sana, sanan alku*, kaksi sanaa].
# {code}: the words that residents use for each concept: [word, stem*, two words].
# Ohje / Guide: docs/editors.fi.md, "Lisää sanoja sanastoon"; docs/editors.md, "Add words to the lexicon".
"""

_OUTSIDE = """\
# {code}: viestejä, joihin botti ei vastaa, yhteensä ainakin 60. Ohje: docs/editors.fi.md.
# {code}: messages that the bot does not answer, at least 60 in all. Guide: docs/editors.md.

# far: ei liity palveluun lainkaan / nothing to do with the service
far: []
# near: samoja sanoja, mutta toinen asia, paikkakunta tai maa / its words, another matter, town or country
near: []
"""


def intent_problem(draft: Draft, topic: str, intent: str) -> str | None:
    """Why no such intent can be begun, with the mend; None when it can. Both are ids by their form."""
    topics = list(draft.topics.model.root) if draft.topics else []
    if topic not in topics:
        mend = did_you_mean(topic, topics, f"write one of {', '.join(topics)}, or add it to topics.yaml first")
        return f"there is no topic `{topic}`; {mend}"
    if intent in draft.intents:
        return f"the intent `{intent}` exists already ({draft.intents[intent].path}); edit it, or choose another id"
    if len(intent) > LONGEST_ID:
        return f"the id `{intent}` has {len(intent)} characters; shorten it to {LONGEST_ID}"
    return None


def intent_files(intent: str, languages: list[str]) -> dict[str, str]:
    """Name -> text of the files in a new intent's folder: facts, and a draft in each of `languages`."""
    texts = {f"{code}.yaml": _TEXT.replace("{title}", _TITLES.get(code, "{}").format(intent)) for code in languages}
    return {"intent.yaml": _FACTS, **texts}


def language_values(code: str) -> dict[str, str]:
    """A new language's entry: its own name (the code where it is not known), its direction, understood only."""
    try:
        locale = Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return {"name": code, "direction": "ltr", "tier": UNDERSTOOD}
    # What stands behind a name in brackets or after a comma is no part of it, and YAML would need quotes.
    name = re.split(r"[(),:;{}\[\]#&*!|>\"%@`]", locale.get_language_name() or code)[0].strip() or code
    return {"name": name[:1].upper() + name[1:], "direction": locale.text_direction, "tier": UNDERSTOOD}


def language_line(code: str, values: Mapping[str, str]) -> str:
    """The entry as a line of languages.yaml."""
    return f"{code}: {{{', '.join(f'{name}: {value}' for name, value in values.items())}}}"


def language_files(draft: Draft, code: str) -> dict[str, str]:
    """Path below intents/ -> text of a new language's files: the lexicon and messages out of scope, where there are."""
    found = {}
    if draft.concepts:
        found[f"lexicon/{code}.yaml"] = _LEXICON.format(code=code) + "".join(_concepts(draft))
    if draft.out_of_scope:
        found[f"out-of-scope/{code}.yaml"] = _OUTSIDE.format(code=code)
    return found


def _concepts(draft: Draft) -> Iterator[str]:
    """Every concept without words yet, with the first Finnish and English ones to go by."""
    assert draft.concepts, "the caller has looked"
    seen = set()
    for field, concepts in draft.concepts.model.root.items():
        yield f"\n# {field}\n"
        for concept in concepts:
            if concept not in seen:
                seen.add(concept)
                yield f"{concept}: []{_hint(draft, concept)}\n"


def _hint(draft: Draft, concept: str) -> str:
    """A comment with the words of the languages that most editors know."""
    words = [draft.lexicon[code].model.root.get(concept, [])[:4] for code in ("fi", "en") if code in draft.lexicon]
    said = " / ".join(", ".join(some) for some in words if some)
    return f"  # {said}" if said else ""
