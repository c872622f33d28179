"""The command `shopdesk`; without a command it opens the window."""

from __future__ import annotations

import multiprocessing


def main() -> int:
    """Run one command and return its exit status."""
    multiprocessing.freeze_support()
    try:
        # Imported here, not above: a spawned child imports this file again and must stay as light as its work.
        from shopdesk.cli import main as run  # noqa: PLC0415
    except KeyboardInterrupt:  # Ctrl-C in the first second; nothing has begun
        return 1
    return run()


if __name__ == "__main__":
    raise SystemExit(main())
