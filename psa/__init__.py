"""The project: settings, addresses, the queue, the shell around every page."""
