"""Which IP addresses may be asked: a stranger's content must not reach a network of ours."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import cast

Reach = Callable[[str], bool]
_ROOT_SERVER = "a.root-servers.net"  # a name that is there as long as there are names
_NAT64 = ip_network("64:ff9b::/96")
_LOW = 2**32 - 1


def is_public(number: str) -> bool:
    """Whether an IP address is one of the public internet, also where it stands for another one."""
    try:
        address = ip_address(number.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and (stands_for := _stands_for(address)):
        return _is_public(stands_for)
    return _is_public(address) and all(map(_is_public, _within(address)))


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    is_site = isinstance(address, IPv6Address) and address.is_site_local  # what fc00:: was before
    return address.is_global and not (address.is_multicast or address.is_reserved or is_site)


def _stands_for(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one is another form of."""
    is_translated = address in _NAT64
    return IPv4Address(int(address) & _LOW) if is_translated else address.ipv4_mapped


def _within(address: IPv4Address | IPv6Address) -> Iterator[IPv4Address]:
    """The IPv4 addresses that a tunnel leads through."""
    if isinstance(address, IPv6Address):
        yield from (address.sixtofour,) if address.sixtofour else ()
        yield from address.teredo or ()


def numbers_of(host: str, port: int) -> list[str]:
    """The IP addresses of a host, in the order of the resolver. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(cast("str", item[4][0]) for item in found))


def has_names() -> bool:
    """Whether names lead anywhere from here: some networks call each name unknown."""
    try:
        return bool(numbers_of(_ROOT_SERVER, 53))
    except OSError:
        return False
