"""Automations in the window: the list, one being written, and the message of a step."""
