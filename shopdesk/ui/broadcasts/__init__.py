"""Broadcasts: to whom, what, what it costs, how it goes."""
