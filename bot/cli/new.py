"""`neuvoja new`: begins an intent or a language with files to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import Intents, Knowledge, data, draft, fail

new = typer.Typer(help="Begin an intent or a language with files to fill in.", no_args_is_help=True)


@new.command("intent")
def intent(
    name: Annotated[str, typer.Argument(metavar="TOPIC/ID", help="The topic's folder and the id: everyday/pets.")],
    *,
    intents: Intents = None,
    knowledge: Knowledge = None,
) -> None:
    """Begin an intent: its facts, a draft in each required language, and its place in the menu."""
    from bot.catalogue.insertion import InsertionError, with_intent
    from bot.catalogue.models.base import is_id
    from bot.catalogue.skeleton import intent_files, intent_problem

    topic, slash, key = name.partition("/")
    if not slash or not (is_id(topic) and is_id(key)):
        fail(f"`{name}` is not TOPIC/ID; write lowercase letters, digits and hyphens: everyday/pets")
    where = data(intents, knowledge)
    read = draft(where)
    problem = intent_problem(read, topic, key)
    folder, menu = where.intents / topic / key, where.intents / "topics.yaml"
    if problem or folder.exists():
        fail(problem or f"{folder} is there already; delete it, or choose another id")
    try:
        listed = with_intent(menu.read_bytes().decode(), topic, key)
    except InsertionError as error:
        fail(f"{menu}: cannot be added to; {error}, then run this again", 1)
    files = {folder / file: text for file, text in intent_files(key, read.required_languages()).items()}
    _write({**files, menu: listed})
    print("Next: write the title and at least 24 examples a language, then the answer; neuvoja check")


@new.command("language")
def language(
    code: Annotated[str, typer.Argument(metavar="CODE", help="Its code, two or three letters: vi.")],
    *,
    intents: Intents = None,
    knowledge: Knowledge = None,
) -> None:
    """Begin a language that the bot understands: its entry, its lexicon, and its messages out of scope."""
    from bot.catalogue.insertion import InsertionError, with_language
    from bot.catalogue.models.base import is_language_code
    from bot.catalogue.skeleton import language_files, language_line, language_values

    if not is_language_code(code):
        fail(f"`{code}` is no language code; write two or three lowercase letters, such as vi")
    where = data(intents, knowledge)
    read = draft(where)
    listing = where.intents / "languages.yaml"
    if code in (read.language_codes() or []):
        fail(f"the language `{code}` exists already ({listing}); edit its files: neuvoja coverage --lang {code}")
    values = language_values(code)
    line = language_line(code, values)
    files = {where.intents / file: text for file, text in language_files(read, code).items()}
    there = [str(path) for path in files if path.exists()]
    if there:
        fail(f"{', '.join(there)}: there already; delete it, or add `{line}` to {listing}")
    try:
        listed = with_language(listing.read_bytes().decode(), code, line, values)
    except InsertionError as error:
        fail(f"{listing}: cannot be added to; {error}", 1)
    _write({**files, listing: listed})
    if values["name"] == code:
        print(f"The name of `{code}` is not known; write its own name and direction into {listing}")
    print(f"Next: write the lexicon, and {code}.yaml with examples beside each fi.yaml; neuvoja coverage --lang {code}")


def _write(files: dict[Path, str]) -> None:
    """Writes the files in their order, what lists the others last, and names them; exits 1 where that fails."""
    for path, text in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        except OSError as error:
            fail(f"{path}: {error.strerror or error}", 1)
        print(f"{path}: written")
