"""Periods and dates of a text, by name and by pointing, and what they mean."""
