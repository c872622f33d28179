"""The shop card: its design and rules, who has one, and what is printed."""
