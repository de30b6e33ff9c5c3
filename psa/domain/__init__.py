"""What needs no database: the words somebody searches for."""
