"""Dependencies point one way: the table is the architecture, any other import fails."""

import ast
import sys
from pathlib import Path

import bot

ROOT = Path(bot.__file__).parent
ALLOWED = {
    "domain": set(),
    "locales": set(),
    "language": {"domain"},
    "matching": {"domain", "language"},
    "places": {"domain", "language"},
    "catalogue": {"domain", "language", "places"},
    "guidance": {"domain", "language", "matching", "places"},
    "rendering": {"domain", "guidance", "locales"},
    "desk": {"domain", "guidance"},
    "privacy": {"domain"},
    "storage": {"domain"},
    "conversation": {"domain", "language", "places", "guidance", "rendering", "locales"},
    "telegram": {"domain", "language", "places", "guidance", "rendering", "locales", "conversation", "privacy",
                 "storage", "desk", "metrics"},
    "simulator": set(),
    "settings": set(),
    "logs": set(),
    "heartbeat": set(),
    "metrics": set(),
    "probe": set(),
    "health": {"metrics", "probe", "storage", "telegram"},
    "advice": {"domain", "matching", "places", "catalogue", "guidance", "conversation", "settings"},
    "app": {
        "advice",
        "domain", "language", "matching", "places", "catalogue", "guidance", "locales", "conversation", "privacy",
        "storage", "telegram", "settings", "logs", "heartbeat", "health", "metrics",
    },
    "practice": {
        "app", "advice", "settings", "simulator", "domain", "catalogue", "matching", "guidance", "conversation",
        "privacy", "telegram",
    },
    "cli": {
        "practice", "simulator", "app", "advice", "settings", "logs", "domain", "catalogue", "matching", "rendering",
        "conversation", "privacy", "storage", "telegram",
    },
    "__init__": set(),
    "__main__": {"cli"},
}  # fmt: skip
LIBRARIES = {
    "aiogram": {"telegram"},
    "sqlalchemy": {"storage"},
    "alembic": {"storage"},
    "asyncpg": {"storage"},
    "yaml": {"catalogue"},
    "sklearn": {"matching"},
    "prometheus_client": {"metrics"},
}
"""Where a library may be imported."""


def imports() -> list[tuple[str, str, str]]:
    """(importing part, module, imported name) of every import in the package, also those inside functions."""
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        part = path.relative_to(ROOT).parts[0].removesuffix(".py")
        if path.parent.name == "versions" or path.name == "env.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found += [(part, str(path.relative_to(ROOT)), alias.name) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                assert not node.level, f"{path}: relative imports hide where a thing comes from"
                base = str(node.module)
                found += [(part, str(path.relative_to(ROOT)), f"{base}.{alias.name}") for alias in node.names]
    return found


def test_every_import_follows_an_arrow() -> None:
    wrong = [
        f"bot/{module} imports {name}, but {part} may use {sorted(ALLOWED[part])}"
        for part, module, name in imports()
        if name.startswith("bot.") and name.split(".")[1] not in ALLOWED[part] | {part}
    ]
    assert not wrong, "\n".join(wrong)


def test_libraries_stay_in_their_place() -> None:
    for part, module, name in imports():
        library = name.split(".", maxsplit=1)[0]
        if library in LIBRARIES:
            assert part in LIBRARIES[library], f"bot/{module} imports {name}"
        if part == "simulator" and library not in {"aiohttp", "bot"}:
            assert library in sys.stdlib_module_names, f"bot/{module}: the simulator uses aiohttp only"


def test_the_arrows_have_no_circle() -> None:
    left = {part: set(targets) for part, targets in ALLOWED.items()}
    while left:
        free = [part for part, targets in left.items() if not targets & left.keys()]
        assert free, f"a circle among {sorted(left)}"
        for part in free:
            del left[part]
