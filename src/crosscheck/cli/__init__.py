"""One module a command; the only place that prints or exits."""
