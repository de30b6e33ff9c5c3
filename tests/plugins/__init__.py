"""What the suite needs around its tests: databases, a queue, a browser, an order, no network."""
