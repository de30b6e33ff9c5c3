"""Money, periods, listing: arithmetic and plumbing with no noun of our trade."""
