"""Tables and queries: holds what is sealed, never plaintext."""
