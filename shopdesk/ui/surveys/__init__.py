"""Surveys on the screen: the list, one being written beside the phone, one and what came of it."""
