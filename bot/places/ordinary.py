"""Names that are also ordinary words, and what then makes them a place; folded."""

from __future__ import annotations


def listed(words: str) -> frozenset[str]:
    """The words of a list written with spaces."""
    return frozenset(words.split())


ORDINARY = listed(
    """
    aina alphyddan asola dal dammen domarby eira friherrs gladas haaga haga hannus harju hertta hovi ilola jorv kampen
    kera kiila koskela kotka kurvi kuusikko kivikko laakso linjat linjerna luk malm matari metsola mikkola mosa nokia
    ojanko patola pori rauma redi rekola rosendal salo sexan tali tammisto tripla turku vasa vesala vermo
    vestra vik грані
    """
)
"""Places only with a full local case ("harjulla"), or with a capital inside the sentence or after a preposition."""

STRICT = listed(
    """
    ainoa as britas dixi flamingo hakku hamina inga itis jaksu jatka jumbo kaarina kemi kera kilo kontsa lahti lappis
    leppis mattis munkki niitty omena pihlis puhos reso reuna sello skatta tapsa tapuli tornio varkaus vihis
    вик грани дал кера кило котка реди сало тали
    """
)
"""Places only with a capital and besides a preposition or a local case: common words of some language."""

ONLY_AS_ANSWER = listed("arabia airport flygplatsen lentoasema lentokentta аэропорт")
"""Places only as an answer to "where do you live?"."""

NO_PLACES = listed("finnois finnoise finnoises haartman haartmani haartmanin германия германии германию германией")
"""Words of some language that only look like a name with an ending, or a name misspelt."""

NO_PHRASES = (("haaga", "helia"), ("хаага", "хелия"))
"""Names of several words that begin with a place's name and are none."""
