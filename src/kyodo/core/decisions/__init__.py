"""決裁: the paper for a body's own decision, its approval here where the body wants that, and its record.

A module says what there is to decide (`matters.register`), shows `<c-decision :card="…">` of `queries.card` on its
page, asks `queries.approval_of` or `queries.is_decided`, and hears of `events.MatterDecided`.
"""
