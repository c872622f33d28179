"""The home page: what to do today, and how the shop is."""
