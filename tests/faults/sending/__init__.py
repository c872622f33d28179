"""A and E: what goes wrong while broadcasts are sent, and with the time. `stage.py` is the rig, each other file a table's row."""
