"""Looks for secrets in the tracked files; one that is not in `.secrets.baseline`, looked at, fails with its place.

`--update` rewrites the baseline: what was looked at stays so, what is new waits for `"is_secret": false` by hand.
"""

import json
import subprocess
import sys
from pathlib import Path

from detect_secrets import SecretsCollection
from detect_secrets.core.potential_secret import PotentialSecret
from detect_secrets.settings import transient_settings

BASELINE = ".secrets.baseline"
OWN = {BASELINE}
"""Holds nothing but hashes."""


def tracked() -> list[str]:
    """The files that git knows and that are there."""
    listed = subprocess.run(["git", "ls-files", "-z"], check=True, capture_output=True, text=True).stdout  # noqa: S607
    return [name for name in listed.split("\0") if name and name not in OWN and Path(name).is_file()]


def key(secret: PotentialSecret) -> tuple[str, str, str]:
    """What stays the same when lines move."""
    return secret.filename, secret.type, secret.secret_hash


def main() -> int:
    """0: nothing new; 1: something new, printed with file and line."""
    baseline = json.loads(Path(BASELINE).read_text("utf-8"))
    known = {
        (name, one["type"], one["hashed_secret"]): one.get("is_secret")
        for name, results in baseline["results"].items()
        for one in results
    }
    found = SecretsCollection()
    with transient_settings({name: baseline[name] for name in ("plugins_used", "filters_used")}):
        found.scan_files(*tracked())
    secrets = sorted((secret for _, secret in found), key=lambda one: (one.filename, one.line_number, one.type))
    if "--update" in sys.argv[1:]:
        baseline["results"] = {}
        for secret in secrets:
            entry = {"type": secret.type, "hashed_secret": secret.secret_hash, "line_number": secret.line_number}
            entry |= {"is_secret": known.get(key(secret))}
            baseline["results"].setdefault(secret.filename, []).append(entry)
        Path(BASELINE).write_text(json.dumps(baseline, indent=2) + "\n", "utf-8")
        return 0
    new = [secret for secret in secrets if known.get(key(secret)) is not False]
    for secret in new:
        print(f"{secret.filename}:{secret.line_number}: {secret.type}")
    if new:
        print(f"{len(new)} possible secrets that nobody has looked at.")
        print("A real one: take it out and make it invalid where it was issued.")
        print(f'None: run .ci/audit --update and write "is_secret": false at it in {BASELINE}.')
    return 1 if new else 0


if __name__ == "__main__":
    sys.exit(main())
