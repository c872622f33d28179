"""The page 取り込み: from a dropped file to orders and people, and back."""
