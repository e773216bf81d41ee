"""The only place that knows every module: settings, addresses, API, server, the `kyodo` command."""
