"""What every part of the API shares: who may, and how a refusal reads."""
