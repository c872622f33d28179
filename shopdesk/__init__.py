"""ShopDesk: customers, orders and LINE messages of a small shop, on its own desktop."""
