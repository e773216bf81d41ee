"""市町村合併: bodies become another on a day; their people, duties and what is open go over, what was done stays."""
