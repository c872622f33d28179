"""What the program is measured against: plain scripts that give the same result, run in turn with it."""
