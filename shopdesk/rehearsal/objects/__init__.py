"""What LINE takes: message objects, actions, menus and coupons, each with its limits."""
