"""Reads pip-audit's JSON from stdin: a known vulnerability fails; what could not be looked up is said, never passed."""

import json
import sys


def main() -> int:
    """0: nothing known, or nothing could be asked; 1: vulnerabilities, printed with the version that mends them."""
    try:
        packages = json.load(sys.stdin)["dependencies"]
    except (ValueError, KeyError, TypeError):
        print("Dependency audit LEFT OUT: pip-audit gave no result; its advisory service is probably out of reach.")
        return 0
    asked = [one for one in packages if "skip_reason" not in one]
    skipped = [one for one in packages if "skip_reason" in one]
    faults = [(one["name"], one["version"], each) for one in asked for each in one["vulns"]]
    for name, version, fault in faults:
        mended = ", ".join(fault["fix_versions"]) or "no version yet"
        print(f"requirements.lock: {name} {version}: {fault['id']}; mended in {mended}")
    if not asked:
        print(f"Dependency audit LEFT OUT: the advisory service knows none of the {len(packages)} packages.")
    elif skipped:
        names = ", ".join(one["name"] for one in skipped)
        print(f"Dependency audit: {len(asked)} packages looked up; NOT looked up: {names}")
    elif not faults:
        print(f"Dependency audit: {len(asked)} packages looked up, no known vulnerability.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
