"""Pages of what is done about a case: steps, limits, moves, what a second person decides."""
