"""通知: what happened elsewhere that somebody wants to know, on a page of their own and in one mail a day."""
