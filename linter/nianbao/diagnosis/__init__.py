"""From equations that fail to the fewest slips that account for them, and to what blank cells must be."""
