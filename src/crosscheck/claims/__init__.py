"""Claims, documents, code lists, claim files."""
