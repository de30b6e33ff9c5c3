"""What the firm sells: products, flat-rate services, work types, rates, taxes."""
