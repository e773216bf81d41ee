"""年間の予定: sessions of the councils, the days until which budgets are asked for, days off of each body."""
