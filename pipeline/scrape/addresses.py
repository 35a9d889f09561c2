"""Web addresses as sites write them, made into the one form under which the ledger keeps them."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

SESSION = re.compile(r"/(?:\(|%28)(?:[A-Z](?:\(|%28)[^/()]*?(?:\)|%29))+(?:\)|%29)(?=/|$)", re.IGNORECASE)
"""ASP.NET's cookieless sessions, "/(X(1)S(abc))": another at every visit."""
NAVIGATION = {"bcr"}
"""Parameters that change only how a page is decorated."""
KEPT = "/:@!$&'()*+,;=%~-._"
DEFAULT_PORTS = {"http": 80, "https": 443}


def join(page: str, link: str) -> str | None:
    """The address that a link on `page` leads to, cleaned; None for what is no web address."""
    try:
        return clean(urljoin(page, " ".join(link.split())))
    except ValueError:
        return None


def clean(address: str) -> str | None:
    """`address` without session, fragment and navigation, and with what may not stand in it encoded."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    path = SESSION.sub("", parts.path) or "/"
    said = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in said if name.lower() not in NAVIGATION]
    query = parts.query if len(kept) == len(said) else urlencode(kept)
    return urlunsplit((parts.scheme, parts.netloc, quote(path, KEPT), quote(query, KEPT + "?"), ""))


def origin(address: str) -> tuple[str, int]:
    """Host and port of an address. Raises ValueError where it has none."""
    parts = urlsplit(address)
    if parts.hostname is None:
        raise ValueError(f"no host in {address}")
    return parts.hostname.lower(), parts.port or DEFAULT_PORTS[parts.scheme]


def same_site(one: str, other: str) -> bool:
    """Whether both are of one host; http and https of it are."""
    (host, port), (host_of_other, port_of_other) = origin(one), origin(other)
    if host != host_of_other:
        return False
    return port == port_of_other or {port, port_of_other} == set(DEFAULT_PORTS.values())


def parameter(address: str, *names: str) -> str | None:
    """The value of the first of these parameters, whatever their case, that `address` has."""
    said = {name.lower(): value for name, value in parse_qsl(urlsplit(address).query)}
    return next((said[name.lower()] for name in names if name.lower() in said), None)
