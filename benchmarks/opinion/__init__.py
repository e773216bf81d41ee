"""How fast the opinion engine is, and whether it finds what the public package red-dwarf finds.

`python -m benchmarks opinion` takes two minutes. Real conversations are compared if `--data=FOLDER` names a folder that
holds `NAME/kyodo-votes.csv.gz` and `NAME/kyodo-statements.csv` for each; red-dwarf runs beside if `--rival=PYTHON`
names the Python of an environment of its own that has it. `--large` adds 20 million votes.
"""

from benchmarks.opinion.run import main

__all__ = ["main"]
