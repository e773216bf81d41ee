"""Writes of joint procurement: keyword-only, one transaction, one entry in the record each."""
