"""The pages about contracts."""
