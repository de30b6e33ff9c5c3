"""Pages that belong to no room: home, search, preferences."""
