"""代行入力: what a body said by telephone, fax, on paper or in a meeting, entered for it and confirmed by it."""
