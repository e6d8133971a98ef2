"""Adds a line or an entry to a file that people write, and leaves every other character of it alone."""

from __future__ import annotations

from typing import Any

import yaml

from bot.catalogue.problem import Report
from bot.catalogue.syntax import BREAK
from bot.catalogue.yaml_file import read_yaml

NEW_LINE = "\n"


class InsertionError(ValueError):
    """The file has a form that cannot be added to safely; the message says what to write by hand."""


def with_intent(source: str, topic: str, intent: str) -> str:
    """The text of topics.yaml with the intent last under its topic; InsertionError when the list cannot be found."""
    before = _data(source)
    sequence = None if before is None else _list(source, topic)
    if sequence is None:
        raise InsertionError(f"add `{intent}` under `{topic}` by hand")
    if intent in before[topic]["intents"]:
        return source
    if sequence.flow_style:
        at = len(source[: sequence.end_mark.index - 1].rstrip())  # before the bracket
        entry = ("" if source[at - 1] == "[" else " " if source[at - 1] == "," else ", ") + intent
    else:
        end = BREAK.search(source, sequence.value[-1].end_mark.index)
        at = end.start() if end else len(source)
        entry = f"{end.group() if end else NEW_LINE}{' ' * sequence.start_mark.column}- {intent}"
    changed = source[:at] + entry + source[at:]
    before[topic]["intents"].append(intent)
    return _sound(changed, before, f"add `{intent}` under `{topic}` by hand")


def with_language(source: str, code: str, line: str, values: dict[str, str]) -> str:
    """The text of languages.yaml with `line`, which says `values`, at its end."""
    before = _data(source)
    if before is None:
        raise InsertionError(f"add `{line}` by hand")
    ended = source if source.endswith("\n") else source + "\n"
    return _sound(f"{ended}{line}\n", {**before, code: values}, f"add `{line}` by hand")


def _list(source: str, topic: str) -> Any:
    """The YAML node of a topic's intents; None when it is no list, or an empty one without brackets."""
    root = yaml.compose(source, Loader=yaml.SafeLoader)
    for name, model in root.value if isinstance(root, yaml.MappingNode) else ():
        for key, value in model.value if name.value == topic and isinstance(model, yaml.MappingNode) else ():
            if key.value == "intents" and isinstance(value, yaml.SequenceNode):
                return value
    return None


def _sound(changed: str, wanted: Any, otherwise: str) -> str:
    """`changed` when it says what is wanted."""
    if _data(changed) != wanted:
        raise InsertionError(otherwise)
    return changed


def _data(source: str) -> Any:
    """What the text says; None when it cannot be read."""
    report = Report()
    document = read_yaml(source.encode(), "", report)
    return None if document is None or report.has_errors else document.data
