"""Words that tie a message to Finland without naming a town: "here", "Finnish", the names of Finland's authorities."""

from __future__ import annotations

import re

_WORDS = (
    "taalla|taalta|tanne|here|hier|har|hit|harifran|siin|siia|siit|siinne|тут|здесь|сюда|отсюда|звідси|тутешн\\w*|здешн\\w*|"
    "هنا|لهنا|هون|هنانا|اینجا|همینجا|ینجا|halkan|halkaan|halkani|kan|burada|buraya|buradan|burda|burdan|burasi|burda\\w*|"
    "aqui|aca|ici|"
    # Who asks what Kela pays asks about Finland.
    "kela\\w{0,4}|migri\\w{0,4}|dvv\\w{0,3}|fpa|hus|hsl\\w{0,3}|valvira\\w{0,4}|vero|omakanta\\w{0,4}|omavero\\w{0,4}|"
    "hetu\\w{0,3}|kotikun\\w+|te palvelu\\w+|"
    "кел[аыуое]\\w?|мигри|мігрі|двв|كيلا|کلا|میگری|"
    "suomala\\w+|finlandais\\w*|finlandes\\w*|finsk|finskt|finlandska|soomla\\w+|finlandiyali\\w*|finli\\w*|"
    "(?:finnish|финск\\w+|фінськ\\w+)(?! (?:course|class|lesson|language|язык|мов|курс|урок))|"
    "(?:ال)?فنلندی\\w*|فنلاندی"
)
_HERE = re.compile(
    rf"\b(?:{_WORDS})\b|这里|這裡|这边|这儿|本地|芬 兰(?! 语)|芬 蘭(?! 語)|这 里|这 边|这 儿|本 地|這 裡"
)


def here(folded: str) -> bool:
    """Whether a folded message says that it is about Finland, without naming a place in it."""
    return _HERE.search(folded) is not None
