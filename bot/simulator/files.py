"""Uploaded files, found again by file_id and downloadable under /file/bot<token>/."""

import hashlib
from dataclasses import dataclass
from typing import Any

DOWNLOAD_LIMIT = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as Telegram keeps it."""

    id: str
    unique_id: str
    path: str
    name: str
    mime: str
    content: bytes

    def json(self) -> dict[str, Any]:
        """file_id, file_unique_id and file_size in bytes."""
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": len(self.content)}


class Files:
    """Every file of the simulated Telegram."""

    def __init__(self) -> None:
        self.by_id: dict[str, StoredFile] = {}
        self.by_path: dict[str, StoredFile] = {}

    def add(self, kind: str, name: str, mime: str, content: bytes) -> StoredFile:
        """A new file of a kind (photo, voice, document ...)."""
        number = len(self.by_id) + 1
        unique = hashlib.sha256(content).hexdigest()[:16]
        suffix = name.rpartition(".")[2] if "." in name else "bin"
        folder = kind if kind == "voice" else f"{kind}s"
        file = StoredFile(f"sim{number:06d}{unique}", unique, f"{folder}/file_{number}.{suffix}", name, mime, content)
        self.by_id[file.id] = file
        self.by_path[file.path] = file
        return file
