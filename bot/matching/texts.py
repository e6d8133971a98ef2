"""Many short strings in two arrays, so that a file can be mapped instead of read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Texts:
    """UTF-8 bytes of all strings end to end; string i is `data[offsets[i]:offsets[i+1]]`."""

    data: NDArray[np.uint8]
    offsets: NDArray[np.int64]

    @classmethod
    def of(cls, strings: Iterable[str]) -> Texts:
        """The strings, packed; lone surrogates become question marks."""
        encoded = [string.encode("utf-8", "replace") for string in strings]
        offsets = np.zeros(len(encoded) + 1, np.int64)
        offsets[1:] = np.cumsum([len(part) for part in encoded])
        return cls(np.frombuffer(b"".join(encoded), np.uint8), offsets)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, index: int) -> str:
        start, end = int(self.offsets[index]), int(self.offsets[index + 1])
        return self.data[start:end].tobytes().decode("utf-8")

    def many(self, indexes: NDArray[Any]) -> list[str]:
        """The strings at these places."""
        data = self.data.data
        spans = zip(self.offsets[indexes].tolist(), self.offsets[indexes.astype(np.int64) + 1].tolist(), strict=True)
        return [str(data[start:end], "utf-8") for start, end in spans]
