"""Runs every benchmark, or those that are named: `python -m benchmarks [award …]`."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from benchmarks.machine import describe


def main() -> int:
    """Call `main()` of each folder."""
    folders = sorted(path.parent.name for path in Path(__file__).parent.glob("*/__init__.py"))
    named = [name for name in sys.argv[1:] if not name.startswith("-")]
    unknown = set(named) - set(folders)
    if unknown:
        print(f"no benchmark named {', '.join(sorted(unknown))}: there are {', '.join(folders)}", file=sys.stderr)
        return 2
    print(describe(), flush=True)
    for name in named or folders:
        print(f"\n== {name}", flush=True)
        importlib.import_module(f"benchmarks.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main())
