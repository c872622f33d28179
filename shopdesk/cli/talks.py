"""`talks`: one friend at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from shopdesk import messages
from shopdesk.cli.face import Face, pass_face
from shopdesk.cli.named import SAID, WORDLESS, named
from shopdesk.cli.words import Command, Group
from shopdesk.clock import in_japan
from shopdesk.i18n import N_, _

if TYPE_CHECKING:
    from shopdesk.talks import Said, Talk

_SHOWN = 200


@click.group(
    cls=Group, invoke_without_command=True, help=N_("Talks with single friends: who wrote, what was said, answers.")
)
@click.pass_context
def talks(ctx: click.Context) -> None:
    """List the talks, the newest first."""
    if ctx.invoked_subcommand is not None:
        return
    face = ctx.ensure_object(Face)
    found = face.shop.talks.page()
    face.show({"talks": [_talk(one) for one in found]}, lambda: map(_talk_line, found))


@talks.command("show", cls=Command, help=N_("What was said; FRIEND is LINE's user id or the friend's number."))
@click.argument("friend")
@pass_face
def show(face: Face, friend: str) -> None:
    """Show one talk."""
    found = face.shop.talks.messages(face.shop.talks.find(friend), limit=_SHOWN)
    face.show({"messages": [_said(one) for one in found]}, lambda: map(_said_line, found))


@talks.command(
    "reply", cls=Command, help=N_("Answer a friend: free while LINE lets a reply through, else one message.")
)
@click.argument("friend")
@click.argument("text")
@pass_face
def reply(face: Face, friend: str, text: str) -> None:
    """Send one text."""
    shop = face.shop
    friend_id = shop.talks.find(friend)
    sent = shop.talks.reply(friend_id, shop.messages.draft([messages.text(messages.typed(text))]))
    refused = next((one for one in sent if one.state != "accepted"), None)
    if refused is not None:
        face.refuse("not_sent", refused.reason, messages=[_said(one) for one in sent])
        raise SystemExit(1)
    face.show({"messages": [_said(one) for one in sent]}, [_("Sent.")])


def _talk(one: Talk) -> dict[str, object]:
    return {
        "friend": one.friend_id,
        "user_id": one.user_id,
        "name": one.name,
        "unread": one.unread,
        "last": {"at": in_japan(one.last_at), "from": one.last_side, "type": one.last_kind, "text": one.last_words},
        "waiting_since": in_japan(one.waiting_since) if one.waiting_since else None,
        "labels": one.labels,
    }


def _talk_line(one: Talk) -> str:
    unread = f"({one.unread})" if one.unread else ""
    return f"{one.friend_id}\t{one.name or one.user_id}\t{unread}\t{one.last_words or named(WORDLESS, one.last_kind)}"


def _said(one: Said) -> dict[str, object]:
    return {
        "id": one.id,
        "from": one.side,
        "type": one.kind,
        "text": one.words,
        "at": in_japan(one.at),
        "state": one.state,
        "by": one.author,
        "automatic": one.by_machine,
        "free": one.way == "reply",
        "reason": one.reason,
    }


_SIDES = {"friend": N_("Friend"), "shop": N_("The shop"), "note": N_("Note")}


def _said_line(one: Said) -> str:
    by = f"{_(_SIDES[one.side])} ({one.author})" if one.author else _(_SIDES[one.side])
    stands = [_("automatic answer")] if one.by_machine else []
    stands += [named(SAID, one.state)]
    said = "" if one.state == "unsent" else " ".join(one.words.split()) or named(WORDLESS, one.kind)
    return f"{in_japan(one.at):%Y-%m-%d %H:%M}\t{by}\t{said}\t{_(', ').join(filter(None, stands))}"


COMMANDS = (talks,)
