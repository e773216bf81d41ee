"""One box over all modules, for everybody: Japanese words, on both databases, narrowed to what each person may read.

The only place with SQL that differs between databases. Figures: docs/operate/performance.md.
"""
