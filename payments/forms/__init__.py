"""What people type about mandates and direct debits."""
