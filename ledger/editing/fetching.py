"""The network, touched only when an editor asks for it: one request to one public address.

In: an address. Out: the answer, its body cut at a limit, redirects followed within limits. OSError says why there is
none, whatever a server sends. Every hop's host is looked up once, all its addresses must be public, and the connection
goes to an address that was checked, so that a name cannot lead elsewhere in between. A whole answer has its time.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from threading import Event, Timer
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

HOPS = 5
_AS_THEY_ARE = "/%:@!$&'()*+,;=~-._"
"""What an address may hold, beside letters and digits."""
REDIRECTS = (301, 302, 303, 307, 308)
_REAL_IPV6 = ipaddress.ip_network("2000::/3")
_IN_IPV6 = tuple(map(ipaddress.ip_network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "64:ff9b::/32")))
"""Addresses within those that lead to IPv4 ones, to nowhere, or to a protocol of their own."""


class NotPublicError(OSError):
    """An address that leads into a private network, or to something that is no website."""


class NoAnswerError(OSError):
    """A server that took the request and gave no answer that can be read."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer: the status, headers in lower case, the body, and each address on the way with its status.

    The last of `way` is the address that answered.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    way: tuple[tuple[str, int], ...]

    @property
    def address(self) -> str:
        """The address that answered."""
        return self.way[-1][0]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, and of one machine."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        return ip in _REAL_IPV6 and not any(ip in net for net in _IN_IPV6) and ip.is_global and not ip.is_multicast
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def looked_up(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Client:
    """How requests are made. What is not up to the network can be replaced, as tests do."""

    agent: str
    schemes: tuple[str, ...] = ("https", "http")
    timeout: float = 15.0
    """Seconds for each step, and three times as many for a whole answer."""
    limit: int = 1 << 20
    """Bytes of a body that are read."""
    look_up: Callable[[str, int], list[str]] = looked_up
    turn: Callable[[str], AbstractContextManager[None]] = lambda _host: nullcontext()
    """Waits until a host may be asked."""

    def ask(self, address: str, *, method: str = "GET", accept: str = "*/*") -> Answer:
        """Follow an address to its answer. OSError, with NotPublicError among them, when there is none."""
        way: list[tuple[str, int]] = []
        for _ in range(HOPS + 1):
            status, headers, body = self._one(address, method, accept)
            way.append((address, status))
            if status not in REDIRECTS or "location" not in headers:
                return Answer(status, headers, body, tuple(way))
            address = _led_to(address, headers["location"])
        raise OSError(f"more than {HOPS} redirects")

    def _one(self, address: str, method: str, accept: str) -> tuple[int, dict[str, str], bytes]:
        try:
            parts = urlsplit(address)
            host = _ascii_host(parts)
            port = parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError:
            raise OSError("it leads to what is no address") from None
        if parts.scheme not in self.schemes or not host or parts.username is not None:
            raise NotPublicError(f"it leads to {parts.scheme or 'nowhere'}://, which is not followed")
        path = _encoded(parts.path or "/") + (f"?{_encoded(parts.query, '?')}" if parts.query else "")
        headers = {"User-Agent": self.agent, "Accept": accept, "Connection": "close"}
        try:
            with self.turn(host), self._connected(parts.scheme, host, port) as connection:
                connection.request(method, path, headers=headers)
                answer = connection.getresponse()
                received = {name.lower(): value for name, value in answer.getheaders()}
                return answer.status, received, answer.read(self.limit) if self.limit else b""
        except OSError:  # also where it is a ValueError, as with certificates
            raise
        except (http.client.HTTPException, ValueError) as problem:
            raise NoAnswerError(f"no answer that can be read: {type(problem).__name__}") from None

    @contextmanager
    def _connected(self, scheme: str, host: str, port: int) -> Iterator[http.client.HTTPConnection]:
        """A connection to an address that was checked, under the host's name."""
        addresses = self.look_up(host, port)
        if not addresses or not all(is_public(one) for one in addresses):
            raise NotPublicError(f"{host} is not a public address")
        kind = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
        connection = kind(host, port, timeout=self.timeout)
        made = socket.create_connection((addresses[0], port), self.timeout)
        try:
            with _cut_off(made, 3 * self.timeout):
                if scheme == "https":
                    made = ssl.create_default_context().wrap_socket(made, server_hostname=host)
                connection.sock = made
                yield connection
        finally:
            made.close()


@contextmanager
def _cut_off(made: socket.socket, seconds: float) -> Iterator[None]:
    """End a connection after some time, even if data still trickles in. An error inside it becomes a NoAnswerError."""
    late, other_end = Event(), made.dup()

    def cut() -> None:
        late.set()
        with suppress(OSError):
            other_end.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except ssl.SSLCertVerificationError:
        raise
    except OSError as problem:
        said = "the answer takes too long" if late.is_set() else problem.strerror or str(problem)
        raise NoAnswerError(said or type(problem).__name__) from None
    finally:
        timer.cancel()
        other_end.close()
    if late.is_set():
        raise NoAnswerError("the answer takes too long")


def _ascii_host(parts: SplitResult) -> str:
    """The host of an address as it is looked up, RFC 3490. ValueError when it is none."""
    return (parts.hostname or "").encode("idna").decode("ascii")


def _encoded(text: str, more: str = "") -> str:
    """A piece of an address in ASCII; a byte that is no UTF-8 as that byte."""
    return quote(text, safe=_AS_THEY_ARE + more, errors="surrogateescape")


def _led_to(address: str, location: str) -> str:
    """Where a `Location` leads, in ASCII: its bytes are UTF-8 as a rule, and may be anything (RFC 9110, 10.2.2)."""
    written = location.strip().encode("latin-1", "replace").decode("utf-8", "surrogateescape")
    try:
        parts = urlsplit(urljoin(address, written))
        netloc, host = parts.netloc, parts.hostname or ""
        netloc = netloc if netloc.isascii() else netloc.lower().replace(host, _ascii_host(parts))
        return urlunsplit((parts.scheme, netloc, _encoded(parts.path), *(_encoded(text, "?") for text in parts[3:])))
    except ValueError:
        raise OSError("it leads to what is no address") from None
