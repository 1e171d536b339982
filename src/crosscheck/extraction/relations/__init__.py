"""What the figures of a sentence are to one another: totals and their lists, shares of one whole, ranks."""
