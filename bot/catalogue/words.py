"""pydantic's findings in an editor's words, with the line they are on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.catalogue.models.base import LanguageCode
from bot.catalogue.problem import Report, did_you_mean, nearest, shown
from bot.catalogue.yaml_file import Document, KeyPath

M = TypeVar("M", bound=BaseModel)

_EXPECTED = {
    "string_type": "a text",
    "list_type": "a list",
    "dict_type": "a mapping of keys to values",
    "model_type": "a mapping of keys to values",
    "model_attributes_type": "a mapping of keys to values",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "float_type": "a number",
    "date_type": "a day such as 2026-11-21",
}


_KIND_MENDS = {
    "bool_type": "write true or false",
    "int_type": "write a whole number in digits, such as 180",
    "float_type": "write a number in digits, with a decimal point: 50.5",
    "date_type": "write year-month-day, such as 2026-11-21",
}
_COMMAS = re.compile(r"\s*(\d+)[.,](\d+)[\s,;]+(\d+)[.,](\d+)\s*\Z", re.ASCII)


def validated(document: Document, model: type[M], report: Report) -> M | None:
    """The document as `model`; None after problems, one an error pydantic found."""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        found = error.errors(include_url=False)
        commas = _decimal_commas(document)
        if commas and any(details["loc"][:1] == ("coordinates",) for details in found):
            what = "`coordinates` has decimal commas, which part a number in two"
            report.error(document.path, document.line("coordinates"), what, f"write decimal points: {shown(commas)}")
            found = [details for details in found if details["loc"][:1] != ("coordinates",)]
        for details in found:
            _tell(document, model, details, report)
        return None


def _decimal_commas(document: Document) -> str | None:
    """`coordinates` written `60,1615, 24,7385`, with points; None for anything else."""
    given = document.data.get("coordinates") if isinstance(document.data, dict) else None
    parts = given if isinstance(given, list) else [given]
    written = [str(document.written.get(("coordinates", number), part)) for number, part in enumerate(parts)]
    match = _COMMAS.match(",".join(written))
    return "[{}.{}, {}.{}]".format(*match.groups()) if match else None


def _tell(document: Document, model: type[BaseModel], details: ErrorDetails, report: Report) -> None:
    """Reports one of pydantic's findings."""
    where: KeyPath = tuple(key for key in details["loc"] if key != "[key]")
    what, mend = _words(document, model, where, details)
    report.error(document.path, document.line(*where), what, mend)


def _words(document: Document, model: type[BaseModel], where: KeyPath, details: ErrorDetails) -> tuple[str, str]:
    """What is wrong and how to mend it."""
    kind, given, context = details["type"], details.get("input"), details.get("ctx", {})
    name = _name(where)
    if kind == "missing":
        return f"the key {shown(where[-1])} is missing{_inside(where)}", f"add `{where[-1]}:`"
    if kind == "extra_forbidden":
        return _unknown_key(document, model, where)
    if kind == "literal_error":
        return _not_one_of(name, _written(document, where, given), str(context.get("expected", "")))
    if kind == "value_error":
        return f"{name} is {_written(document, where, given)}", str(context.get("error", "")) or "see the format"
    if kind == "string_too_short":
        return f"{name} is empty", "write the text, or take the key out"
    if kind in {"too_short", "too_long"}:
        return f"{name} has {context.get('actual_length')} entries", f"write {_count(kind, context)}"
    if kind in {"greater_than_equal", "less_than_equal"}:
        bound = f"at least {context.get('ge')}" if "ge" in context else f"at most {context.get('le')}"
        return f"{name} is {_written(document, where, given)}", f"write a number of {bound}"
    expected = _EXPECTED.get(kind)
    if expected is None:
        return f"{name} is {_written(document, where, given)}: {details['msg']}", "see the format of this file"
    if kind == "list_type" and _holds_texts(model, where):
        expected = "a list of texts"
    return f"{name}: expected {expected}, found {_found(document, where, given)}", _mend(
        model, document, where, details
    )


def _name(where: KeyPath) -> str:
    """How a message calls the value: `steps`, `steps` entry 2, `sources` entry 1 `url`."""
    parts = [f"entry {key + 1}" if isinstance(key, int) else shown(key) for key in where]
    return " ".join(parts) or "the file"


def _inside(where: KeyPath) -> str:
    """Names the mapping that a key below the top stands in."""
    return f" in {_name(where[:-1])}" if len(where) > 1 else ""


def _written(document: Document, where: KeyPath, given: Any) -> str:
    """The value as it stands in the file."""
    return shown(document.written.get(where, given))


def _found(document: Document, where: KeyPath, given: Any) -> str:
    """The kind of a value and, where it helps, the value."""
    if given is None:
        return "nothing"
    if isinstance(given, dict):
        return "a mapping"
    if isinstance(given, list):
        return "a list"
    written = _written(document, where, given)
    if isinstance(given, bool):
        return written
    if isinstance(given, (int, float)):
        return f"the number {written}"
    return f"the day {written}" if isinstance(given, date) else f"the text {written}"


def _mend(model: type[BaseModel], document: Document, where: KeyPath, details: ErrorDetails) -> str:
    """How a value of the wrong kind is set right."""
    kind, given = details["type"], details.get("input")
    if kind == "string_type" and isinstance(given, (bool, int, float, date)):
        return f'put it in quotes: "{document.written.get(where, given)}"'
    if kind == "string_type" and isinstance(given, dict):
        return "a text with `: ` in it needs quotes"
    if kind == "list_type" and isinstance(given, str):
        return "begin each entry on its own line with `- `"
    if given is None:
        return "write the value, or take the key out"
    if where[-1:] == ("review_after",):
        return "write a whole number of days, such as 180"
    return _KIND_MENDS.get(kind) or _shape(model, where, kind)


def _shape(model: type[BaseModel], where: KeyPath, kind: str) -> str:
    """What a text, list or mapping that stands in another's place looks like."""
    if kind == "list_type":
        return "begin each entry with `- `"
    if kind == "string_type":
        return "write one text"
    owner = _model_at(model, where)
    if owner and where and "root" not in owner.model_fields:
        return f"write its keys, each with `: ` and a value: {', '.join(owner.model_fields)}"
    if get_args(_bare(_annotation_at(model, where)))[:1] == (LanguageCode,):
        return "write a text for each language: {fi: ..., sv: ..., en: ...}"
    return "write `key: value` on each line"


def _count(kind: str, context: Mapping[str, Any]) -> str:
    """The number of entries that is allowed."""
    return f"at least {context.get('min_length')}" if kind == "too_short" else f"at most {context.get('max_length')}"


def _not_one_of(name: str, written: str, expected: str) -> tuple[str, str]:
    """A value outside a fixed set: pydantic lists the set as "'a', 'b' or 'c'"."""
    allowed = [part for part in expected.replace(" or ", ", ").replace("'", "").split(", ") if part]
    guess = nearest(written.strip("`"), allowed)
    choices = f"{', '.join(allowed[:-1])} or {allowed[-1]}"
    return f"{name} is {written}", f"did you mean `{guess}`? It is {choices}" if guess else f"write {choices}"


def _unknown_key(document: Document, model: type[BaseModel], where: KeyPath) -> tuple[str, str]:
    """A key the format does not have, with the nearest one it has."""
    owner = _model_at(model, where[:-1])
    known = list(owner.model_fields) if owner else []
    there = _value_at(document.data, where[:-1])
    free = [key for key in known if key not in there] if isinstance(there, dict) else known
    otherwise = f"known keys: {', '.join(known)}" if known else "take it out"
    return f"unknown key {shown(where[-1])}{_inside(where)}", did_you_mean(str(where[-1]), free, otherwise)


def _value_at(data: Any, where: KeyPath) -> Any:
    """The plain data at a key path that exists."""
    for key in where:
        data = data[key]
    return data


def _annotation_at(model: type[BaseModel], where: KeyPath) -> Any:
    """The annotation of the value at `where`; None when the path leaves the model."""
    annotation: Any = model
    for key in where:
        holder = _bare(annotation)
        if isinstance(holder, type) and issubclass(holder, BaseModel) and "root" in holder.model_fields:
            holder = _bare(holder.model_fields["root"].annotation)
        if isinstance(holder, type) and issubclass(holder, BaseModel):
            if key not in holder.model_fields:
                return None
            annotation = holder.model_fields[str(key)].annotation
        else:
            inner = get_args(holder)
            annotation = inner[-1] if inner else None
    return annotation


def _bare(annotation: Any) -> Any:
    """`X` of `Annotated[X, ...]` and of `X | None`."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in {Union, UnionType}:
        return _bare(next(part for part in get_args(annotation) if part is not type(None)))
    return annotation


def _model_at(model: type[BaseModel], where: KeyPath) -> type[BaseModel] | None:
    """The model that reads the mapping at `where`."""
    found = _bare(_annotation_at(model, where))
    return found if isinstance(found, type) and issubclass(found, BaseModel) else None


def _holds_texts(model: type[BaseModel], where: KeyPath) -> bool:
    """True for a list whose entries are texts."""
    inner = get_args(_bare(_annotation_at(model, where)))
    return len(inner) == 1 and _bare(inner[0]) is str
