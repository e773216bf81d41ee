"""庁内側・インターネット側の入口: the host names of the installation; one is an organisation's home."""
