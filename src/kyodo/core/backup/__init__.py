"""Backup and restore in one file, from either database into either: `kyodo backup`, `kyodo restore`.

`save.py` writes what `tables.py` lists, in the form of `portable.py`, into the file that `archive.py` describes;
`restore.py` goes the other way. What is made from other rows (a search index) is registered in `parts.py`, and is made
anew instead of carried. docs/operate/backup.md is for whoever runs it.
"""
