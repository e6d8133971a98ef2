"""The building process: `python -m bot.matching.builder INPUT.json FOLDER`.

It runs apart from the bot so that scikit-learn never enters the bot's memory. It prints one JSON line a step:
`{"step": ..., "share": ...}`, and at a failure `{"error": ...}` with exit status 1.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.domain.lexicon import Lexicon
from bot.matching.build import build
from bot.matching.errors import MatchingError
from bot.matching.settings import Example, MatchSettings


def order(
    examples: Sequence[Example],
    urgent: frozenset[str],
    settings: MatchSettings,
    oos: Sequence[tuple[str, str]],
    lexicon: Lexicon,
) -> dict[str, Any]:
    """What a builder reads, as plain values; `main` is its inverse."""
    return {
        "examples": examples,
        "urgent": sorted(urgent),
        "settings": asdict(settings),
        "oos": list(oos),
        "lexicon": asdict(lexicon),
    }


def _say(**line: object) -> None:
    """One JSON line to the parent, at once."""
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def main(arguments: Sequence[str]) -> int:
    """Build from the input file into the folder; the exit status."""
    source, folder = Path(arguments[0]), Path(arguments[1])
    try:
        wanted = json.loads(source.read_text(encoding="utf-8"))
        model = build(
            [Example(*row) for row in wanted["examples"]],
            urgent=frozenset(wanted["urgent"]),
            settings=MatchSettings(**wanted["settings"]),
            progress=lambda step, share: _say(step=step, share=round(share, 3)),
            oos=[(language, text) for language, text in wanted["oos"]],
            lexicon=Lexicon(**wanted["lexicon"]),
            second_process=True,
        )
        model.save(folder)
    except (MatchingError, OSError, MemoryError) as error:
        _say(error=str(error) or type(error).__name__)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
