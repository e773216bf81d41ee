"""How pages look: base templates, components, charts, tile map. Everybody renders through it; it knows no module."""
