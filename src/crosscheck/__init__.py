"""crosscheck: a consistency checker for reported figures."""

__version__ = "0.1.0"
