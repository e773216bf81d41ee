"""Writes of the API that may be sent twice: `Idempotency-Key`. What a write answered is kept for a day, with the write.

A program whose connection broke does not know whether its write arrived. With a key it sends the same again, and gets
the answer of the first time; nothing is done twice. `once.py` is what an operation calls.
"""
