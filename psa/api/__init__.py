"""The API for programs: every noun under /api/v1/."""
