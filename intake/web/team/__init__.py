"""The pages of working together: handing cases over, and what the team shares."""
