"""Fault tables: what goes wrong, made on purpose. `tables.py` lists them, `cases.py` runs a slice, the whole, or the night's."""
