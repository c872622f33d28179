"""Sign-in with LINE. Needs nothing but Python 3.9 or later. The secret stands in the environment as LINE_SIGN_IN_SECRET, never on a page.

On the button's page: redirect to `begin(session, member)`. On the return page: `finish(session, query.get("answer", ""))`.
`session` is the visitor's session, a dict kept on your server. `member` is the number of whoever is logged in, "" for nobody.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
import time
from typing import Any
from urllib.parse import urlencode

ADDRESS = "%ADDRESS%"
RETURN = "%RETURN%"
SITE = ADDRESS.rpartition("/")[2]
LEEWAY = 120


def begin(session: dict[str, str], member: str = "") -> str:
    """Return where to send the browser."""
    state = session["line_sign_in"] = secrets.token_urlsafe(24)
    at = str(int(time.time()))
    signed = f"shopdesk-sign-in\n{SITE}\n{member}\n{state}\n{RETURN}\n{at}"
    asked = {"member": member, "state": state, "return": RETURN, "at": at, "sig": _hmac(signed).hex()}
    return f"{ADDRESS}?{urlencode(asked)}"


def finish(session: dict[str, str], answer: str) -> dict[str, Any]:
    """Return what came of it; raise ValueError where this is no answer to this visitor's request.

    `result` is linked (`sub` is the member: log them in), unknown (nobody has linked this LINE: let them log in, then begin again
    with their number), conflict, not_friend or not_signed_in.
    """
    state = session.pop("line_sign_in", "")
    head, body, signature = answer.split(".")
    if not hmac.compare_digest(_bytes(signature), _hmac(f"{head}.{body}")):
        raise ValueError("the signature is wrong")
    said: dict[str, Any] = json.loads(_bytes(body))
    now = time.time()
    if json.loads(_bytes(head)).get("alg") != "HS256" or said["iss"] != ADDRESS or said["aud"] != SITE:
        raise ValueError("the answer is not for this site")
    if not said["iat"] - LEEWAY <= now <= said["exp"] + LEEWAY:
        raise ValueError("the answer is too old")
    if not state or not hmac.compare_digest(said["state"], state):
        raise ValueError("the answer belongs to another visitor")
    return said


def _hmac(text: str) -> bytes:
    secret = os.environ.get("LINE_SIGN_IN_SECRET", "")
    if not secret:  # with an empty one everybody could sign
        raise RuntimeError("LINE_SIGN_IN_SECRET is not set")
    return hmac.digest(secret.encode(), text.encode(), hashlib.sha256)


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
