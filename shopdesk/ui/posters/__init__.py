"""What the shop prints for its friend-add codes: drawn the same on the screen, on paper and in a PDF file."""
