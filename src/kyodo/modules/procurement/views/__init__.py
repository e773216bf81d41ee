"""Pages of joint procurement: a view translates, makes one call, answers."""
