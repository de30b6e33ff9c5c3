"""People who sign in, their roles, and the audit trail."""
