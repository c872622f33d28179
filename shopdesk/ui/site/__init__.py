"""The page of the shop's own pages: what they say, what people say to them, and what they ask for."""
