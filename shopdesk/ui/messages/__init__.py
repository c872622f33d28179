"""How messages are written: their bubbles, a form for each kind, the phone beside them. For every page that says something."""
