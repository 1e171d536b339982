"""Prose as a whole: what a text is about, what one sentence leaves to the next, statements and how sure they are."""
