"""The rule language and rule files."""
