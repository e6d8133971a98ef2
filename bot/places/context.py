"""Words round a place that say what it is to the writer; folded."""

from __future__ import annotations

import re

from bot.language.folding import fold
from bot.places.inflection import Role
from bot.places.ordinary import listed

PREPOSITIONS: dict[str, Role] = {
    fold(word): role
    for role, words in {
        Role.AT: """in at near around i vid nara pa v w в во u у біля возле около недалеко en a chez pres cerca lahella
            kaupungissa في ب عند قرب در تو توی نزدیک د ku degmada bydelen stadsdelen district суburb район районе районі
            городе місті ville barrio quartier حی منطقه محله بمنطقه""",
        Role.TO: "to till do до к к into towards vers hasta hacia الی به",
        Role.FROM: "from fran iz из z із з s с од de desde depuis من از",
    }.items()
    for word in words.split()
}
"""Prepositions and their like before a place -> what they say of it."""

COMING = listed(
    "suis viens vient venons venez viennent venu venue venus arrive arrives arrivons demenage demenageons parti "
    "partie quitte soy somos eres son vengo venimos viene vienen llego llegue llegamos mudo mude mudamos salgo sali"
)
"""French and Spanish verbs after which "de Turku" is where somebody comes from."""

LIVING = re.compile(
    r"asu[nvms]?|asumme|asuu|asut|asutaan|asuva\w*|bor|bo|bodde|bosatt|live|lives|living|reside\w*|resident|"
    r"жив\w+|прожива\w+|мешка\w+|elan|elame|elab|elavad|elad\w*|vivo|vive|vivimos|viviendo|"
    r"habit\w+|jhabit\w+|vis|vivons|demeure|loge|yasi\w+|otur\w+|ikamet\w*|deggan|degan|degen|degganahay|dagan|nool|noolahay|"
    r"و?(?:ساکن\w*|اسکن|نسکن|اعیش|نعیش|عایش\w*|سکن\w*|مقیم\w*|زندگی)|住|居民|住在"
)
"""Words that say that somebody lives where the place near them is."""

PRONOUNS = listed("i im ma mina me we were jag vi я ми мы yo je j nous waan ayaan ban baan moi انا من ما نحن 我 们")
"""Who lives somewhere, in an answer to "where do you live?"."""

CENTRE = re.compile(
    r"\b(?:keskusta(?:n|ssa|sta|an|lla)?|centrum|city cent(?:re|er)|town cent(?:re|er)|downtown|kesklinna?s?|"
    r"centre ville|centro de la ciudad|sehir merkezi\w*|центр\w? города|центр\w? міста|"
    r"وسط البلد|وسط المدینه|مرکز شهر|bartamaha magaalada)\b|市 中 心"
)
"""The middle of a town that is not named, in a folded text: each of the four cities has one."""

CENTRE_ANSWERS = listed(
    "keskusta keskustassa keskus centrum centre center centro центр центре центрі merkez المرکز مرکز"
)
"""The same as a whole answer."""
