"""A function in a fresh process, so that its memory and CPU time are its own: `call` here, `main` there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a function returned, and what its process took."""

    value: Any
    cpu_seconds: float
    peak_mb: float


def call(function: str, **arguments: Any) -> Outcome:
    """`package.module:name` with JSON arguments, on one core; its result must be JSON too."""
    environment = os.environ | {
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
    }
    finished = subprocess.run(
        [sys.executable, "-m", __name__, function],
        input=json.dumps(arguments),
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment,
        check=True,
    )
    return Outcome(**json.loads(finished.stdout.splitlines()[-1]))


def peak_mb() -> float:
    """Peak resident memory of this process in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # getrusage also counts what the parent held when this process was started.
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024**2 if sys.platform == "darwin" else peak / 1024


def main() -> None:
    """Calls the function named by the first argument with the JSON object of standard input."""
    module, name = sys.argv[1].split(":")
    value = getattr(import_module(module), name)(**json.load(sys.stdin))
    print(json.dumps({"value": value, "cpu_seconds": time.process_time(), "peak_mb": peak_mb()}))


if __name__ == "__main__":
    main()
