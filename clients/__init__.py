"""The parties: the firm itself, its clients, their sites, contacts and assets."""
