"""Coupons: listed, written, given, and what became of them."""
