"""Pure Python: no framework, no database. Problem in, result out, explained."""
