"""自動応答: what the answering machine says by itself."""
