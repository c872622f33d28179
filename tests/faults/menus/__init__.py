"""Table M: rich menus that are put up, replaced and given while the program dies."""
