"""Which language a message is in, and its folded form for comparison."""

from bot.language.detect import detect
from bot.language.detected import Detected
from bot.language.folding import fold
from bot.language.identifier import Identifier
from bot.language.tokens import tokens

__all__ = ["Detected", "Identifier", "detect", "fold", "tokens"]
