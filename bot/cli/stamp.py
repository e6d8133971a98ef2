"""`neuvoja stamp`: marks translations as made from the Finnish text as it is now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import Intents, Knowledge, data, draft, fail

if TYPE_CHECKING:
    from bot.catalogue.draft import Draft


def command(
    language: Annotated[str, typer.Argument(metavar="LANG", help="The translations' language, such as sv.")],
    chosen: Annotated[
        list[str] | None, typer.Argument(metavar="[INTENT]...", help="Intents; else all that are answered.")
    ] = None,
    *,
    intents: Intents = None,
    knowledge: Knowledge = None,
) -> None:
    """Write into translations that they say what the Finnish text says now."""
    from bot.catalogue.source_hash import SOURCE

    read = draft(data(intents, knowledge))
    languages = [code for code in read.language_codes() or [] if code != SOURCE]
    if language not in languages:
        fail(f"{language}: not one of {', '.join(languages)}")
    found = _translations(read, language, chosen or [])
    written = [path for path, digest in found.items() if _stamp(path, digest)]
    if chosen:
        print("".join(f"{path}: stamped\n" for path in written), end="")
    print(f"{len(written)} stamped, {len(found) - len(written)} were up to date")


def _translations(read: Draft, language: str, chosen: list[str]) -> dict[Path, str]:
    """File of each translated answer -> the hash of its Finnish source; exits 2 when a chosen one has none."""
    from bot.catalogue.problem import did_you_mean
    from bot.catalogue.source_hash import SOURCE, source_hash

    found: dict[Path, str] = {}
    for key in chosen or read.intents:
        if key not in read.intents:
            fail(f"there is no intent `{key}`; {did_you_mean(key, list(read.intents), 'its folder has its id')}")
        texts = read.intents[key].texts
        file, source = texts.get(language), texts.get(SOURCE)
        if file and source and file.model.answer and source.model.answer:
            found[Path(file.path)] = source_hash(source.model)
        elif chosen:
            fail(f"`{key}` is not answered in both {SOURCE} and {language}; write the answers first")
    return found


def _stamp(path: Path, digest: str) -> bool:
    """True when the file was changed; exits 1 when it cannot be."""
    from bot.catalogue.stamping import StampError, stamped

    try:
        old = path.read_bytes()
        new = stamped(old.decode(), digest).encode()
        if new != old:
            path.write_bytes(new)
    except StampError as error:
        fail(f"{path}:1: error: no source_hash can be written, because {error}; give `title: ...` a line of its own", 1)
    except OSError as error:
        fail(f"{path}: {error.strerror or error}", 1)
    return new != old
