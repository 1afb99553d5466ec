"""What the doctor looks at, by what it belongs to."""
