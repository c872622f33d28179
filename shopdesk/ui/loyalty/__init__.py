"""What several pages show of shop cards and coupons: their words, cards given and printed, the sheet for emergencies."""
