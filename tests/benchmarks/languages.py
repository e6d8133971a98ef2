"""How well languages are told apart: PYTHONPATH=. python tests/benchmarks/languages.py DEVDIR [EXAMPLES [LEXICON]]."""

import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.language import training
from bot.language.grams import words
from bot.language.identifier import Identifier
from bot.language.samples import OTHER, OWN, samples
from bot.language.scripts import HAN, script

LANGUAGES = ("fi", "sv", "en", "et", "ru", "uk", "ar", "fa", "so", "tr", "es", "fr", "zh")
STYLES = ("plain", "short", "noisy", "one word", "out of scope")


def examples(folder: Path, lexicon: Path | None) -> Iterator[tuple[str, str]]:
    """(language, text) of example files `LANG.tsv` (intent, example), and of whole words of the lexicon."""
    for language in LANGUAGES:
        for line in (folder / f"{language}.tsv").read_text(encoding="utf-8").splitlines()[1:]:
            yield language, line.split("\t")[1]
        if lexicon:
            for line in (lexicon / f"{language}.tsv").read_text(encoding="utf-8").splitlines():
                yield from ((language, entry) for entry in line.split("\t")[1].split("|") if "*" not in entry)


def of_catalogue() -> Iterator[tuple[str, str]]:
    """(language, text) of all examples and whole lexicon entries of the repository's own catalogue."""
    from bot.catalogue.loader import load

    catalogue = load(Path("intents"), Path("knowledge"), today=datetime.now(tz=UTC).date()).catalogue
    assert catalogue, "the catalogue has errors: python -m bot check"
    for intent in catalogue.intents.values():
        for language, text in intent.texts.items():
            yield from ((language, example) for example in text.examples)
    yield from ((row.language, row.text) for row in catalogue.out_of_scope)
    for language, entries in catalogue.lexicon.entries.items():
        yield from ((language, entry) for found in entries.values() for entry in found if "*" not in entry)


def development(folder: Path) -> Iterator[tuple[str, str, str]]:
    """(language, style, question); messages of one word are a style of their own."""
    for language in LANGUAGES:
        for suffix in ("", ".oos"):
            for line in (folder / f"{language}{suffix}.tsv").read_text(encoding="utf-8").splitlines()[1:]:
                columns = line.split("\t")
                kind = script(columns[1])
                single = kind is not HAN and len(words(columns[1], kind)) < 2
                yield language, "out of scope" if suffix else "one word" if single else columns[3], columns[1]


def told(identifier: Identifier, folder: Path, *, prior: bool) -> None:
    """Right languages in percent, by style; what was taken for what, plain and short."""
    right: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    confused: Counter[str] = Counter()
    confident: Counter[int] = Counter()
    kept: Counter[int] = Counter()
    for language, style, text in development(folder):
        found = identifier.detect(text, LANGUAGES, language if prior else None)
        total[language, style] += 1
        right[language, style] += found.language == language
        band = min(9, int(found.confidence * 10))
        confident[band] += 1
        kept[band] += found.language == language
        if style in {"plain", "short"} and found.language != language:
            confused[f"{language}>{found.language}"] += 1
    print(f"\n{'with the right prior' if prior else 'no prior':20}" + "".join(f"{style:>15}" for style in STYLES))
    for language in (*LANGUAGES, "all"):
        cells = []
        for style in STYLES:
            chosen = [key for key in total if key[1] == style and language in {key[0], "all"}]
            count = sum(total[key] for key in chosen)
            cells.append(f"{100 * sum(right[key] for key in chosen) / count:7.1f} ({count:4})" if count else "")
        print(f"{language:20}" + "".join(f"{cell:>15}" for cell in cells))
    both = [key for key in total if key[1] in {"plain", "short"}]
    for language in LANGUAGES:
        chosen = [key for key in both if key[0] == language]
        print(f"{language} {100 * sum(right[k] for k in chosen) / sum(total[k] for k in chosen):.1f}", end="  ")
    print(f"\nplain and short: {100 * sum(right[k] for k in both) / sum(total[k] for k in both):.2f}", dict(confused))
    if not prior:
        bands = (
            f"{band / 10}: {100 * kept[band] / confident[band]:.0f}% of {confident[band]}" for band in sorted(kept)
        )
        print("confidence and share right:", ", ".join(bands))


def refused(identifier: Identifier, rows: Iterable[tuple[str, str]], what: str) -> None:
    """Share of other languages' sentences that pass as none of ours."""
    total: Counter[str] = Counter()
    passed: Counter[str] = Counter()
    as_what: Counter[str] = Counter()
    sure = 0
    for language, text in rows:
        found = identifier.detect(text, LANGUAGES)
        total[language] += 1
        if found.language:
            passed[language] += 1
            as_what[f"{language}>{found.language}"] += 1
            sure += found.confidence >= 0.85
    print(f"\nrefused, {what}: {100 - 100 * passed.total() / total.total():.1f} % of {total.total()}; "
          f"named with 0.85 or more: {100 * sure / total.total():.1f} %")  # fmt: skip
    print(" ".join(f"{name} {total[name] - passed[name]}/{total[name]}" for name in total))
    print("passed as", dict(as_what.most_common(15)))


def trained(texts: list[tuple[str, str]], other: Iterable[tuple[str, str]] | None = None) -> Identifier:
    """An identifier; with `other`, as if the sentences of other languages were only these."""
    if other is None:
        return training.train(texts)
    chosen = tuple(other)
    usual = training.samples
    training.samples = lambda name: chosen if name == OTHER else usual(name)
    try:
        return training.train(texts)
    finally:
        training.samples = usual


def main() -> None:
    folder = Path(sys.argv[1])
    given = [Path(name) for name in sys.argv[2:4]]
    texts = list(examples(given[0], given[1] if len(given) > 1 else None) if given else of_catalogue())
    other = samples(OTHER)
    started = time.process_time()
    identifier = trained(texts)
    print(f"{len(texts)} texts and {len(other) + len(samples(OWN))} sentences, "
          f"trained in {time.process_time() - started:.1f} s of one core")  # fmt: skip
    arrays = identifier.arrays()
    print(f"size {sum(array.nbytes for array in arrays.values()) / 1e6:.2f} MB, {len(arrays)} arrays")
    identifier = Identifier.from_arrays(arrays)
    questions = [text for _, _, text in development(folder)]
    runs = []
    for _ in range(5):
        started = time.perf_counter()
        for question in questions:
            identifier.detect(question, LANGUAGES)
        runs.append((time.perf_counter() - started) / len(questions) * 1e6)
    print(f"query {min(runs):.0f} µs on average, {max(runs):.0f} in the slowest of five runs")
    told(identifier, folder, prior=False)
    told(identifier, folder, prior=True)
    half = trained(texts, other[::2])
    told(half, folder, prior=False)
    refused(half, other[1::2], "trained on the other half of the sentences")
    unknown = sorted({language for language, _ in other})
    known = trained(texts, [row for row in other if unknown.index(row[0]) % 3])
    refused(known, [row for row in other if unknown.index(row[0]) % 3 == 0], "languages that were not trained at all")


if __name__ == "__main__":
    main()
