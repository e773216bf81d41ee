"""All that can be said about the code without running it; every check runs, all faults are told, one exit code."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]


def checks() -> list[tuple[str, list[str]]]:
    """Name and command of each check."""
    python = sys.executable
    templates = [str(path) for path in sorted((ROOT / "src").rglob("templates/**/*.html"))]
    return [
        ("style", ["ruff", "check", "."]),
        ("form", ["ruff", "format", "--check", "--quiet", "."]),
        *([("templates", ["djade", "--target-version", "5.2", "--check", *templates])] if templates else []),
        ("imports", ["lint-imports", "--no-cache"]),
        ("types", ["mypy"]),
        ("migrations", [python, "-m", "django", "makemigrations", "--check", "--dry-run"]),
        ("system", [python, "-m", "django", "check", "--fail-level", "WARNING"]),
        ("translations", [python, "-m", "tests.translations"]),
    ]


def main() -> int:
    """Run all checks; print only those that fail, and a line a check."""
    failed = 0
    for name, command in checks():
        began = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=environment())
        took = time.monotonic() - began
        print(f"lint {name:<13} {'ok' if done.returncode == 0 else 'FAILED'}  {took:4.1f} s", flush=True)
        if done.returncode:
            failed += 1
            print(done.stdout + done.stderr, flush=True)
    return 1 if failed else 0


def environment() -> dict[str, str]:
    """The caller's environment, with the settings named."""
    import os

    return os.environ | {"DJANGO_SETTINGS_MODULE": "kyodo.config.settings"}


if __name__ == "__main__":
    sys.exit(main())
