"""Letters that tell a language apart from all of the bot's."""

from __future__ import annotations

import re

from bot.language.scripts import ARABIC, CYRILLIC, Script

# Cyrillic and Arabic letters that Russian and Ukrainian, Arabic and Persian do not have.
_FOREIGN = {
    CYRILLIC: re.compile("[ђјљњћџѓќѕўәғқңөұүһҳҷӣӯӏ]"),
    ARABIC: re.compile("[ڕڵێۆەڤټډړږښګڼېۍٹڈڑںےہۇۈڭۋڪڻٿڀٺ]"),
}
_UKRAINIAN = re.compile("[іїєґ]")
_RUSSIAN = re.compile("[ыэёъ]")
# Belarusian has both.
_TOO_MANY = 25


def foreign(message: str, script: Script) -> bool:
    """True for a lower-case message whose letters are another language's, not only in a name."""
    letters = _FOREIGN.get(script)
    if letters and len(letters.findall(message)) * 40 > len(message):
        return True
    if script is not CYRILLIC:
        return False
    return min(len(_UKRAINIAN.findall(message)), len(_RUSSIAN.findall(message))) * _TOO_MANY > len(message)


def own_language(message: str, script: Script) -> str | None:
    """Russian or Ukrainian when the lower-case message has letters of one and none of the other's."""
    if script is not CYRILLIC:
        return None
    ukrainian, russian = _UKRAINIAN.search(message), _RUSSIAN.search(message)
    return None if bool(ukrainian) == bool(russian) else "uk" if ukrainian else "ru"
