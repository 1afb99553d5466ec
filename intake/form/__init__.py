"""The form as data: questions, steps, vocabularies and compartments, and nothing of HTTP."""
