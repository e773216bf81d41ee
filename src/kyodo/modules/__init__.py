"""One folder a function of the organisation, each a vertical slice; they meet through their `facade` only."""
