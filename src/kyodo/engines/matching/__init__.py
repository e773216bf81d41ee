"""Which shared specialist serves which request, when: a plan for a quarter, with a bound and a reason for each no.

A file or a frozen `Problem` goes in, a `Result` comes out that an independent checker has passed. Nothing heavy is
imported here, so that the command line answers at once. For coordinators and developers: docs/engines/matching.md.
"""
