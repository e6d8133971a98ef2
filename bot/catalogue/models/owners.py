"""`knowledge/owners.yaml`: who in the repository keeps what an owner answers for."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, RootModel

from bot.catalogue.models.base import Text

_TEAM = re.compile(r"@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:/[A-Za-z0-9][A-Za-z0-9._-]*)?\Z")


def _teams(text: str) -> str:
    wrong = [name for name in text.split() if not _TEAM.match(name)]
    if wrong:
        raise ValueError("write GitHub teams, parted by spaces: '@neuvoja/espoo-libraries @neuvoja/espoo'")
    return " ".join(text.split())


Teams = Annotated[Text, AfterValidator(_teams)]
"""One or more GitHub teams or users, parted by spaces."""


class OwnersFile(RootModel[dict[Text, Teams]]):
    """Owner as the data writes it -> the teams that review a change."""
