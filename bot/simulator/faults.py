"""Faults on purpose: refusals, server errors, hanging and lost connections."""

import asyncio
from dataclasses import dataclass
from typing import Literal

from bot.simulator.bell import Bell
from bot.simulator.errors import ApiError, too_many_requests, upgraded

FaultKind = Literal["429", "500", "502", "error", "hang", "drop-before", "drop-after"]

GARBAGE = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><h1>502 Bad Gateway</h1></body>\r\n</html>"


@dataclass(slots=True, eq=False)
class Fault:
    """What happens to matching requests, so many `times` (None = always) and until `until` on the loop's clock."""

    kind: FaultKind
    method: str | None = None
    chat: int | None = None
    times: int | None = 1
    until: float | None = None
    code: int = 400
    description: str = ""
    retry_after: int = 1
    migrate_to: int | None = None
    seconds: float = 1.0
    hits: int = 0

    def error(self) -> ApiError | None:
        """The refusal to answer with; None for faults of the connection."""
        match self.kind:
            case "429":
                return too_many_requests(self.retry_after)
            case "500":
                return ApiError(500, self.description or "Internal Server Error")
            case "error" if self.migrate_to is not None:
                return upgraded(self.migrate_to)
            case "error":
                return ApiError(self.code, self.description)
        return None

    def matches(self, method: str, chat: int | None, now: float) -> bool:
        """Whether the request is hit."""
        return (
            (self.method is None or self.method.lower() == method)
            and (self.chat is None or self.chat == chat)
            and (self.times is None or self.hits < self.times)
            and (self.until is None or now < self.until)
        )


class Faults:
    """Faults in the order they were set; the first that matches is the one that happens."""

    def __init__(self, bell: Bell) -> None:
        self.active: list[Fault] = []
        self._bell = bell

    def add(self, fault: Fault) -> Fault:
        """Sets a fault."""
        self.active.append(fault)
        return fault

    def clear(self) -> None:
        """Removes all faults."""
        self.active.clear()

    def take(self, method: str, chat: int | None) -> Fault | None:
        """The fault that hits this request, counted."""
        if not self.active:
            return None
        now = asyncio.get_running_loop().time()
        for fault in self.active:
            if fault.matches(method, chat, now):
                fault.hits += 1
                self._bell.ring()
                return fault
        return None
