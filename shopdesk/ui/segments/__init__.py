"""Segments: who is meant, said in rules, counted while they are made."""
