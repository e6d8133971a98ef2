"""A built matcher as arrays and one JSON document, and its folder on disk."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching.concepts import Concepts
from bot.matching.decision import Calibration
from bot.matching.errors import ArtefactError
from bot.matching.linear import Linear
from bot.matching.neighbours import Neighbours
from bot.matching.settings import ENGINE
from bot.matching.speller import Speller
from bot.matching.texts import Texts
from bot.matching.tongues import Tongues
from bot.matching.vocabulary import Vocabulary

_DOCUMENT = "model.json"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Model:
    """Everything a `Matcher` needs; arrays are read-only when they are mapped from a folder."""

    intents: tuple[str, ...]
    """Class number -> intent id."""
    urgent: frozenset[str]
    choices: int
    top: int
    vocabulary: Vocabulary
    linear: Linear
    concepts: Concepts
    concept_names: tuple[str, ...]
    speller: Speller
    neighbours: Neighbours
    calibration: Calibration
    tongues: Tongues | None = None
    """None where the examples are in one language."""

    def arrays(self) -> dict[str, NDArray[Any]]:
        """File stem -> array."""
        return {
            "features": self.vocabulary.hashes,
            "idf": self.vocabulary.idf,
            "weights": self.linear.steps,
            "weight-scales": self.linear.scales,
            "bias": self.linear.bias,
            "concept-keys": self.concepts.keys,
            "concept-pointers": self.concepts.pointers,
            "concept-owners": self.concepts.owners,
            "speller-words": self.speller.words.data,
            "speller-offsets": self.speller.words.offsets,
            "speller-tongues": self.speller.tongues,
            "speller-rows": self.speller.by_row,
            "speller-keys": self.speller.keys,
            "speller-owners": self.speller.owners,
            "examples": self.neighbours.examples.data,
            "example-offsets": self.neighbours.examples.offsets,
            "example-classes": self.neighbours.classes,
            "posting-pointers": self.neighbours.pointers,
            "postings": self.neighbours.postings,
            **(self.tongues.arrays() if self.tongues else {}),
        }

    def save(self, folder: Path) -> None:
        """Write the model to `folder`, which appears complete or not at all; an existing one is replaced."""
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=".building-", dir=folder.parent))
        try:
            checksums = {}
            for name, array in self.arrays().items():
                path = temporary / f"{name}.npy"
                np.save(path, np.ascontiguousarray(array), allow_pickle=False)
                checksums[name] = _checksum(path)
            document = {
                "engine": ENGINE,
                "intents": self.intents,
                "urgent": sorted(self.urgent),
                "choices": self.choices,
                "concepts": self.concept_names,
                "languages": self.tongues.languages if self.tongues else None,
                "top": self.top,
                "calibration": self.calibration.as_json(),
                "checksums": checksums,
            }
            (temporary / _DOCUMENT).write_text(json.dumps(document, indent=1), encoding="utf-8")
            _move(temporary, folder)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)


def _move(temporary: Path, folder: Path) -> None:
    """Rename `temporary` to `folder`; when another process was first with a sound one, keep that."""
    for _ in range(3):
        try:
            os.rename(temporary, folder)  # noqa: PTH104 - Path.rename is the same call; its error is what matters
        except OSError:
            if not folder.exists():
                raise
            try:
                load(folder)
            except ArtefactError:
                aside = Path(tempfile.mkdtemp(prefix=".broken-", dir=folder.parent))
                try:
                    os.replace(folder, aside / "was")  # noqa: PTH105 - see above
                except FileNotFoundError:
                    pass
                finally:
                    shutil.rmtree(aside, ignore_errors=True)
            else:
                return
        else:
            return
    raise ArtefactError(f"{folder}: could not be replaced; remove it")


def _checksum(path: Path) -> int:
    """CRC-32 of a file's bytes, read without mapping it, so that it costs no memory."""
    value = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            value = zlib.crc32(chunk, value)
    return value


def load(folder: Path) -> Model:
    """The model in `folder`, its arrays memory-mapped; `ArtefactError` when it is not there, damaged or outdated."""
    try:
        document = json.loads((folder / _DOCUMENT).read_text(encoding="utf-8"))
        return _assemble(document, _arrays(folder, document))
    except ArtefactError:
        raise
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ArtefactError(f"{folder}: no readable matcher ({error}); build it again") from error


def _arrays(folder: Path, document: dict[str, Any]) -> dict[str, NDArray[Any]]:
    """File stem -> array, every file's checksum compared."""
    if document["engine"] != ENGINE:
        raise ArtefactError(f"{folder}: built by engine {document['engine']}, this is engine {ENGINE}; build again")
    arrays = {}
    for name, checksum in document["checksums"].items():
        path = folder / f"{name}.npy"
        if _checksum(path) != checksum:
            raise ArtefactError(f"{path}: its checksum is wrong; build the matcher again")
        arrays[name] = _open(path)
    return arrays


def _assemble(document: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> Model:
    """The model of a document and its arrays."""
    return Model(
        tuple(document["intents"]),
        frozenset(document["urgent"]),
        int(document["choices"]),
        int(document["top"]),
        Vocabulary(arrays["features"], arrays["idf"]),
        Linear(arrays["weights"], arrays["weight-scales"], arrays["bias"]),
        Concepts(arrays["concept-keys"], arrays["concept-pointers"], arrays["concept-owners"]),
        tuple(document["concepts"]),
        Speller(
            Texts(arrays["speller-words"], arrays["speller-offsets"]),
            arrays["speller-tongues"],
            arrays["speller-keys"],
            arrays["speller-owners"],
            arrays["speller-rows"],
        ),
        Neighbours(
            Texts(arrays["examples"], arrays["example-offsets"]),
            arrays["example-classes"],
            arrays["posting-pointers"],
            arrays["postings"],
        ),
        Calibration.from_json(document["calibration"]),
        Tongues.from_arrays(document["languages"], arrays) if document["languages"] else None,
    )


def _open(path: Path) -> NDArray[Any]:
    """The array of a file, mapped; one without elements, which cannot be mapped, is read."""
    try:
        # A plain view of the map: numpy.memmap's own indexing is several times slower.
        return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False)).view(np.ndarray)
    except ValueError:
        loaded: NDArray[Any] = np.load(path, allow_pickle=False)
        return loaded
