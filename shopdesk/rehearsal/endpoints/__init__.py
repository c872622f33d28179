"""LINE's endpoints, by what they are for; `table` has them all."""
