"""保存期間: how long each kind of record is kept, and its disposal by list and approval when the time is over."""
