"""The page 設定: the shop, LINE, backups, appearance, about."""
