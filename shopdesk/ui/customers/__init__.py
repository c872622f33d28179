"""The customers' page: list, one person's pane, the form."""
