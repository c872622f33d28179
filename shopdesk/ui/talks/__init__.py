"""Talks: who wrote, what was said, the answer, and whom it goes to."""
