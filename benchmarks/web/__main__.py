"""`python -m benchmarks.web [pages work start memory writes proof backup sheets]`: some of the measures alone."""

import sys

from benchmarks.machine import describe
from benchmarks.web import main

print(describe(), flush=True)
main(sys.argv[1:])
