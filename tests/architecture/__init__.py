"""The shape of the code, as rules about every X."""
