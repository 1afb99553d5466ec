"""What is done about a case: steps, moves from stage to stage, what two decide, erasing."""
