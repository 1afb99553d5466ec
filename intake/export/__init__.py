"""The form and cases as documents: questions and words in, bytes out; no framework."""
