"""The page of friend-add QR codes and what is printed of them."""
