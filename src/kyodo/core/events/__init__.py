"""One part hears what happened in another, without either importing the other.

An event is a frozen dataclass of plain values, in the `facade.py` (or `events.py`) of the part where it happens.
`subscriptions.subscribe` in `apps.py`; `delivery.after_commit` inside the action. A handler runs in a worker after the
commit, once for each event or, where a worker died half-way, again: it asks what is there before it writes.
"""
