"""Connections to public addresses only.

A name is resolved once, every address that it has is looked at, and the connection goes to the very address that was
looked at, so that a name cannot mean one thing when it is checked and another when it is used.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
from collections.abc import Iterable
from typing import Any

import httpcore2

NAT64 = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotPublic(Exception):
    """A name leads to an address inside somebody's own network."""


def is_public(text: str) -> bool:
    """Whether an IP address is one of the open internet, also where an IPv6 address only wraps it."""
    address: Address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        wrapped = address.ipv4_mapped or address.sixtofour
        if address in NAT64:
            wrapped = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_public(str(wrapped))
    return address.is_global and not address.is_multicast and not address.is_reserved


class PublicOnly(httpcore2.NetworkBackend):
    """Connects to what is public; everything to one place of this machine where a test stands in for the internet."""

    def __init__(self, stand_in: tuple[str, int] | None = None) -> None:
        self._backend = httpcore2.SyncBackend()
        self._stand_in = stand_in

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection. Raises NotPublic, httpcore2.ConnectError, httpcore2.ConnectTimeout."""
        if self._stand_in is not None:
            place, port = self._stand_in
            return self._backend.connect_tcp(place, port, timeout, local_address, socket_options)
        *others, last = public_addresses(host, port)
        for place in others:  # a machine may have no way to one kind of addresses
            with contextlib.suppress(httpcore2.ConnectError, httpcore2.ConnectTimeout):
                return self._backend.connect_tcp(place, port, timeout, local_address, socket_options)
        return self._backend.connect_tcp(last, port, timeout, local_address, socket_options)


def public_addresses(host: str, port: int) -> list[str]:
    """The addresses of `host`, in the order in which to try them. Raises NotPublic, httpcore2.ConnectError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore2.ConnectError(f"{host} is not found") from error
    places = list(dict.fromkeys(str(place[4][0]) for place in found))
    for place in places:
        if not is_public(place):
            raise NotPublic(f"{host} leads to {place}, inside a private network")
    return places
