"""Cases that belong together: a report split into two, cases of the same event."""
