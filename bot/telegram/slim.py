"""A small aiogram: its types' schemas are built when they are first used instead of all at import.

aiogram 3 rebuilds each of its more than 300 pydantic models when it is imported, which costs seconds of start and
some 100 MB; the bot needs a few of them. Here the rebuilding is left out during the import, and every model is told
where the names of its fields are found, so that pydantic completes it by itself at its first use.
"""

from __future__ import annotations

import sys
from typing import Any, Literal, Optional, Union

from pydantic import BaseModel


def load() -> None:
    """Imports aiogram without building its models; does nothing when it is imported already."""
    if "aiogram" in sys.modules:
        return
    rebuild = BaseModel.__dict__["model_rebuild"]
    BaseModel.model_rebuild = classmethod(lambda _cls, **_options: None)  # type: ignore[assignment]
    try:
        from aiogram import methods, types
    finally:
        BaseModel.model_rebuild = rebuild  # type: ignore[method-assign]
    from aiogram.client.default import Default

    named: dict[str, Any] = {name: getattr(types, name) for name in types.__all__}
    names = named | {"List": list, "Optional": Optional, "Union": Union, "Literal": Literal, "Default": Default}
    for model in (*named.values(), *(getattr(methods, name) for name in methods.__all__)):
        if isinstance(model, type) and issubclass(model, BaseModel):
            model.__pydantic_parent_namespace__ = names
