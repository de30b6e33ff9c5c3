"""Ways of being paid that need somebody else."""
