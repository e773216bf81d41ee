"""Every act leaves one entry in an append-only, hash-chained record, to be read in core/ledger."""
