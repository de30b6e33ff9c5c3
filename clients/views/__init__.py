"""The pages about the parties."""
