"""Working together: who holds a case, who is on it now, and what the team shares."""
