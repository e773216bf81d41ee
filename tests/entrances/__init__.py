"""What two entrances mean to everything that stands on them."""
