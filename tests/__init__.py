"""What concerns more than one room: scenarios, journeys in a browser, the rules of the house."""
