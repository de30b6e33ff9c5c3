"""The pages of this room on the desk."""
