"""Which web addresses the bot may speak to: exact hosts and ports, whatever tricks an address plays."""

import ipaddress
import re
from dataclasses import dataclass
from functools import lru_cache

DEFAULT_PORTS = {"http": 80, "https": 443}
HIGHEST_PORT = 65_535
LONGEST_URL = 1_000

_HOST = r"(?P<host>[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{1,5}))?"
_ENTRY = re.compile(_HOST, re.ASCII | re.IGNORECASE)
_URL = re.compile(rf"(?P<scheme>https?)://{_HOST}(?P<path>/[!-~]*)?", re.ASCII | re.IGNORECASE)
"""ASCII only: nothing that one library reads as another host than the next (long s, Kelvin sign, full-width dot)."""

_TRICKS = re.compile(r"[@\\?#]")
"""A user before the host, or a query or fragment that swallows what we put behind the address."""

_LABELS = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9-]{1,63}(?<!-))*")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a URL leads: its scheme, its host in lower case (IPv6 in brackets), its port, and its path."""

    scheme: str
    host: str
    port: int
    path: str

    def is_one_of(self, hosts: frozenset[str]) -> bool:
        """Whether it is one of these: HOST (on its scheme's own port) or HOST:PORT. Plain http for loopback only."""
        if self.scheme != "https" and not is_loopback(self.host):
            return False
        usual = self.port == DEFAULT_PORTS[self.scheme] and self.host in hosts
        return usual or f"{self.host}:{self.port}" in hosts


def read_address(url: str) -> Address | None:
    """Where an http(s) URL leads; None when that isn't plain to every reader."""
    return _read(url) if len(url) <= LONGEST_URL else None


@lru_cache(maxsize=256)  # Teams uses a handful of addresses, at every turn
def _read(url: str) -> Address | None:
    found = _URL.fullmatch(url)
    if found is None or _TRICKS.search(url):
        return None
    scheme = found["scheme"].lower()
    host, port = _plain_host(found["host"]), int(found["port"] or DEFAULT_PORTS[scheme])
    return Address(scheme, host, port, found["path"] or "") if host and 0 < port <= HIGHEST_PORT else None


def read_host(entry: str) -> str | None:
    """HOST or HOST:PORT as `Address.is_one_of` knows it; None when it is something else."""
    found = _ENTRY.fullmatch(entry)
    host = _plain_host(found["host"]) if found else ""
    if found is None or not host:
        return None
    if found["port"] is None:
        return host
    return f"{host}:{int(found['port'])}" if 0 < int(found["port"]) <= HIGHEST_PORT else None


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine; with HOST:PORT, whether its host is."""
    name = host.lower()
    if name.startswith("["):
        name = name[1:].partition("]")[0]
    elif name.count(":") == 1:
        name = name.partition(":")[0]
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _plain_host(host: str) -> str:
    """A host as every reader would read it, or nothing: 127.1, 2130706433 and 0x7f.1 are numbers to some."""
    name = host.lower()
    try:
        if name.startswith("["):
            return f"[{ipaddress.IPv6Address(name[1:-1])}]"
        if _NUMBER.fullmatch(name.rpartition(".")[2]):
            return str(ipaddress.IPv4Address(name))
    except ValueError:
        return ""
    return name if _LABELS.fullmatch(name) else ""
