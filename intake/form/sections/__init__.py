"""The sections of the form: their pages, in the order they are asked."""
