"""Everything that draws: the only importer of PySide6."""
