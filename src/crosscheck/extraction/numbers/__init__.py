"""Numbers of a text: digits, words, scales, currencies and units, and the numbers that are no figures."""
