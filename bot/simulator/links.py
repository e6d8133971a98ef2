"""Which links Telegram takes, and how it writes them."""

import re
from urllib.parse import urlsplit

_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*):(//)?")
_USER = re.compile(r"^tg:(?://)?user\?id=(\d+)$", re.IGNORECASE)
_HOST = re.compile(r"^(?:[\w-]+\.)+[\w-]{2,}$|^(?:\d{1,3}\.){3}\d{1,3}$|^\[[0-9a-fA-F:.]+\]$")


def checked_link(link: str) -> str:
    """The link as Telegram stores it (scheme and root path added); ValueError says why it is refused."""
    link = link.strip()
    if not link:
        raise ValueError("URL host is empty")
    found = _SCHEME.match(link)
    scheme = found.group(1).lower() if found else ""
    if scheme in {"tg", "ton", "tonsite"}:
        return link
    if found and found.group(2):
        if scheme not in {"http", "https"}:
            raise ValueError("Unsupported URL protocol")
    elif scheme in {"tel", "mailto", "sms", "javascript", "data", "file"}:
        raise ValueError("Unsupported URL protocol" if scheme != "mailto" else "Wrong HTTP URL")
    else:
        link = f"http://{link}"
    try:
        parts = urlsplit(link)
        port = parts.port
    except ValueError:
        raise ValueError("Wrong port number specified in the URL") from None
    host = parts.netloc.rpartition("@")[2].removesuffix(f":{port}").lower()
    if not host:
        raise ValueError("URL host is empty")
    if not _HOST.match(host) or re.search(r"\s", link):
        raise ValueError("Wrong HTTP URL")
    path = parts._replace(scheme="", netloc="").geturl()
    authority = host if port is None else f"{host}:{port}"
    return f"{parts.scheme.lower()}://{authority}{path if path.startswith('/') else '/' + path}"


def linked_user(link: str) -> int | None:
    """The user id of a tg://user?id= link."""
    found = _USER.match(link)
    return int(found.group(1)) if found else None
