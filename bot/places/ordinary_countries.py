"""Names of countries and cities that are also ordinary words, and what then makes them a place; folded."""

from __future__ import annotations

from bot.places.ordinary import listed

NEVER = listed(
    """
    belau cad chad eau fas jaad maali omaan palau rom sam seul soul tai tchad viin
    мали малі самоа того
    جده چک عمان کره کیف مالی رم وین
    """
)
"""No country in any message: cheque, own, feedback, same, alone, or, vodka, small, that, money, ball, bag, where."""

NEVER_HAN = ("都柏林",)
"""Chinese words with a country's or a city's name in them: Dublin holds Berlin."""

NO_WORDS = listed("oman omani islandi")
"""Forms of a name that are other words: own; no other form of Oman is one."""

LIKE = listed("comme como like kuten kuin som как як مثل")
"""Words before "in Spain" that only compare."""

ORDINARY = listed("abd benin gana iran island kabul laos mali oman panama peru roma tonga togo usa оман перу чад гана")
"""Countries only with a sure local case, after a preposition, or with a capital inside the sentence."""

ONLY_WITH_ENDING = listed("somali سومالی")
"""The people and the language when bare; with a Turkish ending the country."""

LANGUAGES_TOO = listed(
    "suomi ruotsi viro venaja englanti saksa ranska espanja italia kiina japani puola turkki unkari latvia liettua "
    "norja tanska islanti kreikka portugali hollanti hindi somalia vietnam ukraina albania romania thaimaa "
    "suome soome rootsi eesti vene lati leedu"
)
"""Finnish and Estonian names that are a language's name too: "puhun ruotsia", "suomen kurssi"."""

ARTICLES = listed("the el la los las le les l al دوله کشور جمهوریه country maa")
"""Words between a preposition and the name of a country; a name is listed without them."""
