"""From which addresses the bot fetches a file: names on a list, and never a machine that is not on the open internet.

A person in Teams can put any address in a message, so each is read here as strictly as it can be: what two libraries
might read as two hosts is refused.
"""

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.hosts import DEFAULT_PORTS, HIGHEST_PORT, is_loopback

FILE_HOSTS = frozenset({"*.sharepoint.com", "graph.microsoft.com"})
"""Where Teams keeps what people send: a personal chat's files in the sender's OneDrive (TENANT-my.sharepoint.com), a
channel's in its SharePoint (TENANT.sharepoint.com); Graph sends on to there. `*.` stands for any sub-domain."""

LONGEST_URL = 8_000
"""A link that opens without signing in carries a token of some thousands of characters."""

_URL = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::(?P<port>[0-9]{1,5}))?(?P<rest>[/?][!-~]*)?",
    re.ASCII | re.IGNORECASE,
)
_TRICKS = re.compile(r"[\\#<>^`{|}\"]")
_LABELS = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9-]{1,63}(?<!-))+")
_PUNYCODE = re.compile(r"(?:^|\.)xn--")


@dataclass(frozen=True, slots=True)
class FileAddress:
    """Where a file lies: an address that every program reads alike."""

    url: str
    host: str
    port: int


def file_address(url: str, hosts: Iterable[str] = FILE_HOSTS, *, loopback: bool = False) -> FileAddress | None:
    """An address that may be asked for a file; None for any other.

    :param loopback: also let http and https to this machine through, on any port; for tests and the playground.
    """
    found = _URL.fullmatch(url) if len(url) <= LONGEST_URL else None
    if found is None or _TRICKS.search(url):
        return None
    scheme, host = found["scheme"].lower(), found["host"].lower()
    port = int(found["port"] or DEFAULT_PORTS[scheme])
    address = FileAddress(url, host, port)
    if loopback and is_loopback(host) and 0 < port <= HIGHEST_PORT:
        return address
    if scheme != "https" or port != DEFAULT_PORTS["https"] or not _is_name(host):
        return None
    return address if any(_matches(host, entry) for entry in hosts) else None


def is_open(address: str) -> bool:
    """Whether an IP address is a machine on the open internet, also as seen through IPv6's ways around IPv4."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and (
        found.ipv4_mapped or found.sixtofour or found.teredo or any(found in net for net in _IPV4_WITHIN)
    ):
        return False
    return (
        address != _AZURE_ITSELF
        and found.is_global
        and not (found.is_multicast or found.is_reserved or found.is_unspecified)
    )


_IPV4_WITHIN = tuple(map(ipaddress.IPv6Network, ("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "fec0::/10")))
"""IPv4 in IPv6's clothes: compatible addresses, NAT64, and the site-local addresses of old."""


_AZURE_ITSELF = "168.63.129.16"
"""An open address that in Azure answers every machine about itself, its certificates among others."""


def _is_name(host: str) -> bool:
    return bool(_LABELS.fullmatch(host)) and not _PUNYCODE.search(host) and not host.rpartition(".")[2].isdigit()


def _matches(host: str, entry: str) -> bool:
    return host.endswith(entry[1:]) if entry.startswith("*.") else host == entry
