"""How well a document was read, against one marked by hand."""
