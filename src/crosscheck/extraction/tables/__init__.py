"""Tables to statements: what the headings, captions and cells of a table say together."""
