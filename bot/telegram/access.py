"""Who may call the webhook: the networks that the operator names, seen through the proxies that he trusts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

PORT = re.compile(r"\[(?P<six>[^\]]+)\](?::\d+)?|(?P<four>[\d.]+):\d+")
"""An address with a port behind it, as some proxies write it."""


@dataclass(frozen=True, slots=True)
class Access:
    """Networks whose calls are taken (none named: everybody's), and those of trusted reverse proxies."""

    networks: tuple[Network, ...] = ()
    proxies: tuple[Network, ...] = ()

    def allows(self, peer: str | None, forwarded: Sequence[str]) -> bool:
        """Whether a call from `peer` is taken; `forwarded` are its X-Forwarded-For headers in their order."""
        if not self.networks:
            return True
        address = self._origin(peer, forwarded)
        return address is not None and _within(address, self.networks)

    def _origin(self, peer: str | None, forwarded: Sequence[str]) -> Address | None:
        """The right-most address that is no trusted proxy; what stands left of it could be anybody's invention."""
        address = _read(peer or "")
        for hop in reversed([part for header in forwarded for part in header.split(",")]):
            if address is None or not _within(address, self.proxies):
                return address
            address = _read(hop)
        return address


def _read(text: str) -> Address | None:
    """The address in a text, an IPv4 one also in its IPv6 form; None when it is none."""
    text = text.strip()
    if given := PORT.fullmatch(text):
        text = given["six"] or given["four"]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _within(address: Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks)
