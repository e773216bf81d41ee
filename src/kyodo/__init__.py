"""Kyodo（協働）: a region runs its shared digital transformation here. Read on in docs/architecture.md."""
