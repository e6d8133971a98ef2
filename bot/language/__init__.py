"""Which language a message is in, and its folded form for comparison."""

from bot.language.detect import Detected, detect
from bot.language.folding import fold
from bot.language.tokens import tokens

__all__ = ["Detected", "detect", "fold", "tokens"]
