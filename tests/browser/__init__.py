"""The gateway's pages in a real browser. A package: one browser serves all of it, and ends before other tests begin."""
