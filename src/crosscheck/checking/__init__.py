"""Binding, deciding, diagnosis, examples."""
