"""What a printed number means: exact intervals, readings, units, periods, hedges."""
