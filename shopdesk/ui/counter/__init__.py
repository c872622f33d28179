"""The counter: a window of its own, full screen, for a scanner, a finger and a queue."""
