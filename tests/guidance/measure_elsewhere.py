"""How often in-scope messages that name a country would be taken for questions about that country.

Run `python tests/guidance/measure_elsewhere.py`: every example of the catalogue, judged as if it were not among the
examples that say whether its intent names countries. The matcher is taken to be right.
"""

from collections import Counter
from pathlib import Path

from bot.advice import gazetteer, today
from bot.catalogue.loader import load
from bot.domain.intent import Kind
from bot.guidance.elsewhere import NATURAL, names_country
from bot.places.asking import asked_country
from bot.places.countries import countries

ROOT = Path(__file__).parents[2]


def main() -> None:
    catalogue = load(ROOT / "intents", ROOT / "knowledge", today=today()).catalogue
    assert catalogue is not None
    places, known = gazetteer(catalogue), countries()
    examples, naming, asked, named = Counter(), Counter(), Counter(), 0
    for _, text, intent in catalogue.examples():
        found = known.find(text)
        named += any(not each.finland for each in found)
        examples[intent] += 1
        naming[intent] += names_country(found)
        asked[intent] += asked_country(text, found) is not None and places.find(text) is None
    print(f"{sum(examples.values())} examples, {named} name a country, {sum(asked.values())} seem to ask about it")
    for limit in (0.01, 0.016, 0.02, NATURAL, 0.04, 0.05):
        taken = sum(
            count
            for intent, count in asked.items()
            # Without itself, which names a country: one less, and the one that smoothing adds.
            if naming[intent] / examples[intent] < limit
            and not catalogue.intents[intent].urgent
            and catalogue.intents[intent].kind is Kind.ANSWER
        )
        print(f"NATURAL = {limit}: {taken} taken for questions about another country, {taken / named:.1%}")


if __name__ == "__main__":
    main()
