"""Sentences: what each number measures, what it speaks of, and of which time."""
