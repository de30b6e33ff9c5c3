"""How money that is owed is asked for."""
