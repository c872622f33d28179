"""Table H: what strangers do to the gateway's pages."""
