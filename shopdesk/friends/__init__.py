"""friends"""
