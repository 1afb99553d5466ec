"""One module per revision of the schema, in order; released ones never change."""
