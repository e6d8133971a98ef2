"""Which intent a message means: strings in, intents out.

How a match is made:

1. `language.fold` gives the message one spelling and `language.tokens` its words. `concepts` finds what the lexicon
   knows of them, in all languages at once: wife, bring-over, residence-permit. A word that neither examples nor
   lexicon hold may be a known one mistyped, of the message's own language first (`speller`), or two that were written
   together (`splitting`). `guesses` weighs what it may be by how it was mistyped and by how many examples hold the
   guess, alone and beside its neighbours; the likeliest few are kept, and the message is read as their mean
   (`hearing`).
2. When few words are known, `tongues` looks whether the message is Russian, Ukrainian, Arabic, Persian or Chinese in
   Latin letters; its native words are then read as well, and the reading that fits better is kept.
3. `features` hashes words, two words in a row, unordered pairs of words, character 2-5-grams inside words, concepts and
   pairs of concepts to 64-bit numbers, in one vectorised pass. `vocabulary` looks them up in a sorted array and weighs
   them by TF-IDF; each of the six blocks is scaled to its own length.
4. `linear` adds up the one-byte weights of a one-vs-rest support vector machine that was trained on all languages
   together, so that a wrong guess of the language cannot break a match, and examples in one language teach all others
   through the concepts. Where examples are few it is averaged with a softmax regression (`softmax`).
5. The eight best classes are compared with their examples that share the message's rarer words (`neighbours`,
   rapidfuzz), where cross-validation has shown that this helps enough; otherwise the step is skipped.
6. `decision` turns score, lead, share of known words, the agreement of text and concepts, and the score of the written
   out-of-scope messages into P(right), calibrated at build time, and decides: answer, up to three choices, or a
   person. Nothing known in the message: a person. An urgent intent is answered from a lower score on, stands first
   among choices and is never left out.
7. `parts` finds where a message may hold two questions; it is answered twice only when both parts are confident,
   differ, and are both among the best candidates of the whole.

How a matcher comes about: `build` holds out examples, whole classes of them, and half of the out-of-scope messages, to
calibrate (`calibration`); then it trains on everything (`training`). scikit-learn is needed there only, hence
`artefact.ready` runs it in a process of its own (`builder`) and maps the resulting arrays from a folder of the cache
(`model`) that is named after a hash of the examples, the lexicon, the settings and the engine's version. Queries need
numpy and rapidfuzz.

`explain` says why a message was understood so, `overmatch` which examples are confusing, `evaluation` and `benchmark`
measure. What each part buys is measured by `python -m tests.benchmarks.matching` and written to
`tests/benchmarks/matching.md`. Cross-validation on the examples chose the block weights and, at each build, the
calibration, the thresholds and the weight of the likeness. The rules for two questions, the urgent thresholds and the
sizes that make training fast were set while looking at the development questions: figures on those flatter them.
"""

from bot.matching.artefact import ready
from bot.matching.build import build
from bot.matching.errors import ArtefactError, BuildError, MatchingError, TableError
from bot.matching.matcher import Matcher
from bot.matching.model import Model
from bot.matching.settings import Example, MatchSettings

__all__ = [
    "ArtefactError",
    "BuildError",
    "Example",
    "MatchSettings",
    "Matcher",
    "MatchingError",
    "Model",
    "TableError",
    "build",
    "ready",
]
