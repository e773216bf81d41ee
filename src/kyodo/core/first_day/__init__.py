"""The first day: five steps from an empty database to the first answered need, to be left and come back to."""
