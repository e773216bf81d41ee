"""Measurements, one folder an engine, one for the web; each folder has a `main()` that prints what it measured."""
