"""The record of every API request."""

from collections import deque
from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class Call:
    """One request; `status` is 0 until answered, `error` the refusal's body, `fault` the kind of an injected fault."""

    number: int
    method: str
    params: dict[str, Any]
    time: float
    status: int = 0
    result: Any = None
    error: dict[str, Any] | None = None
    fault: str | None = None
    files: tuple[str, ...] = ()

    @property
    def chat_id(self) -> int | None:
        """The chat asked for, where it was a number."""
        try:
            return int(self.params["chat_id"])
        except (KeyError, TypeError, ValueError):
            return None

    @property
    def ok(self) -> bool:
        """Whether it was answered with a result."""
        return self.status == 200

    def __str__(self) -> str:
        outcome = self.error["description"] if self.error else ("ok" if self.status else "unanswered")
        return f"{self.method} {self.params} -> {outcome}"

    def public(self) -> dict[str, Any]:
        """The call as JSON."""
        return {name: getattr(self, name) for name in ("number", "method", "params", "time", "status", "result")} | {
            "error": self.error,
            "fault": self.fault,
        }


class CallLog:
    """Calls in order of arrival; the oldest are forgotten beyond `keep`."""

    def __init__(self, keep: int | None = None) -> None:
        self.calls: deque[Call] = deque(maxlen=keep)
        self._number = 0

    def add(self, method: str, params: dict[str, Any], now: float) -> Call:
        """A new, yet unanswered call."""
        self._number += 1
        call = Call(self._number, method, params, now)
        self.calls.append(call)
        return call

    def select(self, method: str | None = None, chat: int | None = None) -> list[Call]:
        """Calls of a method (any letter case) and chat."""
        wanted = method.lower() if method else None
        return [
            call
            for call in self.calls
            if (wanted is None or call.method.lower() == wanted) and (chat is None or call.chat_id == chat)
        ]
