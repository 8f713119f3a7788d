"""From failing equations to the fewest slips that explain them, and to the values that blank cells must have."""
