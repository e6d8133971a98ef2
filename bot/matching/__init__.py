"""Which intent a message means: strings in, intents out.

How a match is made:

1. `language.fold` gives the message one spelling and `language.tokens` its words. A word that no example holds is
   replaced by the nearest known one, if there is one within one edit, two from eight letters on (`speller`).
2. `features` hashes words, two words in a row, unordered pairs of words and character 2-5-grams inside words to
   64-bit numbers, in one vectorised pass. `vocabulary` looks them up in a sorted array and weighs them by TF-IDF; each
   of the four blocks is scaled to its own length.
3. `linear` adds up the one-byte weights of a one-vs-rest support vector machine that was trained on all languages
   together, so that a wrong guess of the language cannot break a match.
4. The eight best classes are compared with their examples that share the message's rarer words (`neighbours`,
   rapidfuzz), where cross-validation has shown that this helps; otherwise the step is skipped.
5. `decision` turns score, lead and share of known words into P(right), calibrated at build time, and decides:
   answer, up to three choices, or a person. Nothing known in the message: a person. An urgent intent is answered
   from a lower score on, stands first among choices and is never left out.
6. `parts` finds where a message may hold two questions; it is answered twice only when both parts are confident,
   differ, and are both among the best candidates of the whole.

How a matcher comes about: `build` holds out examples, and whole classes of them, to calibrate (`calibration`); then it
trains on everything (`training`). scikit-learn is needed there only, hence `artefact.ready` runs it in a process of its
own (`builder`) and maps the resulting arrays from a folder of the cache (`model`) that is named after a hash of the
examples, the settings and the engine's version. Queries need numpy and rapidfuzz.

`evaluation` and `benchmark` measure. Cross-validation on the examples chose the block weights and, at each build, the
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
