"""The look of every page: frame, components, drawings. Knows no other core package; they register what they show."""
