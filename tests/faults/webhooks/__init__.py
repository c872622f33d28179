"""Table B: what LINE delivers, twice, late, out of order, forged, poisoned, and while processes die."""
