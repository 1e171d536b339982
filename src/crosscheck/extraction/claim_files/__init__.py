"""Statements to claims, and claim files that are written and merged without losing what a person wrote."""
