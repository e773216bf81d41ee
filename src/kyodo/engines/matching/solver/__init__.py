"""From a problem to a plan: what could serve what, prices, whole programmes of specialists, and the choice of them."""
