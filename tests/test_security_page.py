"""docs/security.md names tests, modules and settings: each of them is there."""

import re
from pathlib import Path

from bot.settings import Settings

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/security.md").read_text("utf-8")
NAMED = re.compile(r"`([a-z_/]+/)?([a-z_]+\.py)?(?:::(test_\w+))?`")


def test_every_test_that_is_named_is_there() -> None:
    """A name without its file stands beside one with it, in whichever file that is."""
    sources = {path: path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py")}
    tests = [(folder + file, test) for folder, file, test in NAMED.findall(PAGE) if test]
    assert len(tests) > 20
    for name, test in tests:
        places = [text for path, text in sources.items() if not name or path == ROOT / "tests" / name]
        assert any(re.search(rf"^(async )?def {test}\(", text, re.MULTILINE) for text in places), (name, test)


def test_every_file_and_setting_that_is_named_is_there() -> None:
    files = [folder + file for folder, file, _ in NAMED.findall(PAGE) if file]
    known = [path.as_posix() for folder in ("bot", "tests") for path in (ROOT / folder).rglob("*.py")]
    assert len(files) > 20
    assert not [name for name in files if not any(path.endswith(f"/{name}") for path in known)]
    settings = set(re.findall(r"`([A-Z]+_[A-Z_]+)(?:=[^`]*)?`", PAGE)) - {"PGPASSWORD"}
    assert len(settings) > 5
    assert settings <= {name.upper() for name in Settings.model_fields}
