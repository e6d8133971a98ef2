"""Messages in Latin letters whose language has another script: to native words and back."""

from bot.language.romanised.forward import LANGUAGES, STYLES, forward
from bot.language.romanised.han import han_runs
from bot.language.romanised.index import RomanisedIndex
from bot.language.romanised.messages import words_of

__all__ = ["LANGUAGES", "STYLES", "RomanisedIndex", "forward", "han_runs", "words_of"]
