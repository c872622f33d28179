"""Senders in processes of their own, for tests that kill them.

Everything is imported once; then each line of standard input, a JSON object, forks a sender that starts from nothing
but that. Printed for each: its process id when it starts, and `ended` with the state of the broadcast when it has gone.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
import uuid
from pathlib import Path

import aiohttp  # noqa: F401 - so that no sender pays for it again
import linebot.v3.messaging
import linebot.v3.oauth  # noqa: F401
from sqlalchemy import select, update

from shopdesk.broadcasts.tables import BatchRow
from shopdesk.shop import open_shop


def send(order) -> str:
    os.environ.update(order["environment"])
    shop = open_shop(Path(order["home"]))
    if order["fresh"]:
        forget_the_keys(shop)
    state = shop.broadcasts.send(order["broadcast"]).state
    shop.close()
    return state


def forget_the_keys(shop) -> None:
    """What a sender without stored keys does: who has no outcome is sent to again under a new key."""
    with shop.database.write() as session:
        for batch in session.scalars(select(BatchRow.id).where(BatchRow.state == "claimed")).all():
            session.execute(update(BatchRow).where(BatchRow.id == batch).values(retry_key=str(uuid.uuid4())))


def main() -> None:
    print("ready", flush=True)
    for line in sys.stdin:
        told, tells = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                os.write(tells, send(json.loads(line)).encode())
            finally:
                if sys.exc_info()[0]:
                    traceback.print_exc()
                os._exit(0)
        os.close(tells)
        print(child, flush=True)
        os.waitpid(child, 0)
        print(f"ended {os.read(told, 100).decode()}", flush=True)
        os.close(told)


if __name__ == "__main__":
    main()
