"""期限: what is due, whose it is, and when to be reminded; on the first page, in the daily mail, in calendars."""
