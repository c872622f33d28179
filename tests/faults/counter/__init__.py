"""Table C: what goes wrong at the counter, tried with tills in processes of their own on both databases."""
