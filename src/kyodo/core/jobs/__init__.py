"""Background work: what takes longer than a page may, what comes back every day, what follows an act after its commit.

A module declares a job in its `tasks.py` (`registry.job`), starts it inside an action (`actions.start`), and lets it
come back by itself with `timetable.every` or `timetable.daily`. Workers (`kyodo worker`) do the rest.
"""
