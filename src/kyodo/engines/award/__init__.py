"""The award of a joint tender: the provably cheapest valid choice of offers, with the reason for each no.

A file or a frozen `Problem` goes in, a `Result` comes out that an independent checker has passed. Nothing heavy is
imported here, so that the command line answers at once. For officers and developers: docs/engines/award.md.
"""
