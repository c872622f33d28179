"""Imports: any cart's export becomes orders and people."""
