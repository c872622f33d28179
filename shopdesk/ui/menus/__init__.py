"""The page of rich menus."""
