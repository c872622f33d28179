"""From the rows of a file to neutral orders, people, products and problems, streaming. What a cart is lies beside it, in `carts.py`."""
