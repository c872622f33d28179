"""H4: addresses in fields that lead into the shop's own network, however they are spelt: nobody there is so much as called."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from random import Random
from threading import Thread
from unittest import mock

from shopdesk import web
from tests.faults.cases import Check

_LOOPBACK = (
    *(
        "127.0.0.1",
        "127.1",
        "127.0.1",
        "0",
        "0.0.0.0",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "017700000001",
        "0177.0.0.1",
    ),
    *(
        "127.000.000.001",
        "127.0.0.1.",
        "１２７.0.0.1",
        "127。0。0。1",
        "①②⑦.0.0.1",
        "localhost",
        "LOCALHOST.",
        "a.localhost",
    ),
    *("[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:0001]", "[::127.0.0.1]"),
    *(
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[2001:0:7f00:1::]",
        "[::1%25lo]",
        "user@127.0.0.1",
        "example.jp@127.0.0.1",
    ),
    *("example.jp:80@127.0.0.1", "127.0.0.1%00.example.jp", "127.0.0.1\\@example.jp", "0x7F.0x0.0x0.0x1"),
)
_PRIVATE = (
    *("169.254.169.254", "[fe80::a9fe:a9fe]", "[fd00:ec2::254]", "2852039166", "0xA9FEA9FE", "10.0.0.1", "192.168.0.1"),
    *("172.16.0.1", "100.100.100.200", "198.18.0.1", "224.0.0.1", "255.255.255.255", "[ff02::1]", "[fc00::1]"),
)
_NAMED = ("127.0.0.1", "::1", "169.254.169.254", "10.0.0.1", "::ffff:127.0.0.1", "0.0.0.0")
_REDIRECTS = (301, 302, 303, 307, 308)
_OPEN = "93.184.215.14"


def turned(number: int, random: Random) -> Check:
    """Make a case of H4."""
    ways = (
        *(_spelt(host) for host in (*_LOOPBACK, *_PRIVATE)),
        *(_named(address, also) for address in _NAMED for also in (False, True)),
        *(_led_on(status) for status in _REDIRECTS),
    )
    way, scheme = ways[number % len(ways)], random.choice(("http", "http", "https"))
    return lambda _folder: way(scheme)


EXHAUSTIVE = len(_LOOPBACK) + len(_PRIVATE) + 2 * len(_NAMED) + len(_REDIRECTS)


def _spelt(host: str) -> Callable[[str], None]:
    def check(scheme: str) -> None:
        with _nobody_calls() as port:
            url = f"{scheme}://{host}:{port}/x.jpg"
            (said,) = web.look([url], loopback=False)
            assert said.verdict in {"forbidden", "dead"}, said
            assert not web.is_open(url) or "\\" in host or "%00" in host, url

    return check


def _named(address: str, also: bool) -> Callable[[str], None]:
    """A name of somebody's that leads in here, alone or beside an address of the open web; asked again it would say another one."""

    def check(scheme: str) -> None:
        answers = [[_OPEN, address] if also else [address], [_OPEN]]

        def resolves(_host: str, port: int, *_how: object, **_more: object) -> list[tuple[object, ...]]:
            found = answers.pop(0) if len(answers) > 1 else answers[0]
            return [_address(one, port) for one in found]

        with _nobody_calls() as port, mock.patch("socket.getaddrinfo", resolves):
            (said,) = web.look([f"{scheme}://shop.example.jp:{port}/x.jpg"], loopback=False)
            assert said.verdict == "forbidden", said

    return check


def _address(one: str, port: int) -> tuple[object, ...]:
    family = socket.AF_INET6 if ":" in one else socket.AF_INET
    place = (one, port, 0, 0) if ":" in one else (one, port)
    return family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", place


def _led_on(status: int) -> Callable[[str], None]:
    """A site that leads in here: it is asked itself, and not followed."""

    def check(_scheme: str) -> None:
        with _nobody_calls() as inside, closing(socket.create_server(("127.0.0.1", 0))) as site:
            site.settimeout(5)
            where = f"http://127.0.0.1:{inside}/latest/meta-data/"
            with _answering(
                site, f"HTTP/1.1 {status} Moved\r\nLocation: {where}\r\nContent-Length: 0\r\n\r\n".encode()
            ):
                (said,) = web.look([f"http://127.0.0.1:{site.getsockname()[1]}/"], loopback=True)
            assert (said.verdict, said.status) == ("answers", status), said

    return check


@contextmanager
def _answering(site: socket.socket, answer: bytes) -> Iterator[None]:
    def serve() -> None:
        line, _who = site.accept()
        with closing(line):
            line.recv(4096)
            line.sendall(answer)

    thread = Thread(target=serve)
    thread.start()
    yield
    thread.join()


@contextmanager
def _nobody_calls() -> Iterator[int]:
    """Listen on this computer at every address that it has, and check at the end that nobody has called; gives the port."""
    with ExitStack() as ends:
        here = ends.enter_context(closing(socket.create_server(("", 0))))
        port = int(here.getsockname()[1])
        listening = [here]
        if socket.has_dualstack_ipv6():
            listening.append(ends.enter_context(closing(socket.create_server(("::1", port), family=socket.AF_INET6))))
        yield port
        for one in listening:
            one.setblocking(False)
            try:
                one.accept()
            except BlockingIOError:
                continue
            raise AssertionError("somebody inside was called")
