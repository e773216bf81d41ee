"""granian, ended when `kyodo run` is: `python -m kyodo.config.server` takes the options of granian's own command."""

from __future__ import annotations

if __name__ == "__main__":
    from granian.cli import entrypoint

    from kyodo.config.supervisor import die_with_parent

    die_with_parent()
    entrypoint()  # type: ignore[no-untyped-call]
