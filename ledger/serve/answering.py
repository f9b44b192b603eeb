"""A request → an answer: who may ask, and what stands at an address.

In: the headers and address of a request, and the News. Out: an Answer. Files come from the site in memory, so that no
address leads to the disk. Pages are given the script that shows them anew; the site itself never holds it.

Only this machine may ask: a page of another host that a browser on this machine shows can neither read the site
(`Host` and `Origin` must be this server's) nor load parts of it into itself (`Sec-Fetch-Site`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from urllib.parse import unquote, urlsplit

from markupsafe import Markup

from ledger import texts, urls
from ledger.engine.live import LiveSite
from ledger.serve.news import News, from_exception
from ledger.texts import languages

NAMES = ("127.0.0.1", "localhost")
REFUSED = "Refused"
"""The answer to who may not ask, and to what is no question; no page shows it."""
HTTP_PORT = 80
"""The port that browsers leave unsaid."""
OWN = "-/"
"""What the addresses of the server's own files begin with; no address of a site does."""
SCRIPT, EVENTS = OWN + "serve.js", OWN + "events"
TYPES: Mapping[str, str] = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".jsonld": "application/ld+json; charset=utf-8",
    ".jsonl": "application/jsonl; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".graphml": "application/xml; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".bib": "text/plain; charset=utf-8",
    ".ris": "text/plain; charset=utf-8",
    ".dot": "text/plain; charset=utf-8",
    ".argdown": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
}
"""Ending → content type; anything else is bytes."""
ALWAYS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, a content type, the bytes, and further headers."""

    status: int
    type: str
    data: bytes = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)


def refusal(headers: Message, port: int) -> Answer | None:
    """The answer to who may not ask; None for who may."""
    hosts = {f"{name}{mark}" for name in NAMES for mark in (f":{port}", *([""] if port == HTTP_PORT else []))}
    if [host.lower() for host in headers.get_all("Host", [])] in [[host] for host in hosts]:
        origin = headers.get("Origin")
        if origin is None or origin.removeprefix("http://") in hosts:
            from_elsewhere = headers.get("Sec-Fetch-Site", "none") in ("cross-site", "same-site")
            follows_link = (headers.get("Sec-Fetch-Mode"), headers.get("Sec-Fetch-Dest")) == ("navigate", "document")
            if follows_link or not from_elsewhere:
                return None
    return plain(403, REFUSED)


def plain(status: int, text: str, **headers: str) -> Answer:
    """An answer in words alone."""
    return Answer(status, TYPES[".txt"], f"{text}\n".encode(), headers)


def address_in(target: str, site: LiveSite | None) -> str:
    """The address below the site's root that a request asks for, also where its host has the site in a folder."""
    path = unquote(urlsplit(target).path, errors="replace")
    root = urls.root_path(site.base_url) if site and site.base_url else "/"
    address = path.removeprefix(root if path.startswith(root) else "/")
    return address + urls.HOME if not address or address.endswith("/") else address


def answer(target: str, news: News) -> Answer:
    """What stands at an address of the present site."""
    while True:
        site = news.site
        with texts.spoken(news.texts):
            found = _answer(target, site)
        if news.site is site:
            return found


def _answer(target: str, site: LiveSite | None) -> Answer:
    address = address_in(target, site)
    if address == SCRIPT:
        return Answer(200, TYPES[".js"], Path(__file__).with_name("serve.js").read_bytes())
    if site is None:
        return _said(503, "none", texts.t("serve.waiting"), "")
    try:
        return _found(address, site)
    except Exception as problem:
        finding = from_exception(problem)
        english = Markup('<span lang="en">{}</span>').format(f"{finding.where} {finding.message} {finding.hint}")
        return _said(500, "failed", english, site.digest)


def _found(address: str, site: LiveSite) -> Answer:
    if site.has_page(f"{address}/{urls.HOME}"):
        return plain(302, address, Location=f"/{address}/")
    data = site.get(address)
    if data is None:
        missing = site.get(urls.NOT_FOUND)
        return _page(404, missing, site.digest) if missing else _said(404, "not_here", "", site.digest)
    ending = re.search(r"\.[a-z0-9]+$", address)
    kind = TYPES.get(ending[0] if ending else "", "application/octet-stream")
    return _page(200, data, site.digest) if kind == TYPES[".html"] else Answer(200, kind, data)


def _page(status: int, data: bytes, digest: str) -> Answer:
    """A page with the script that shows it anew."""
    script = f'<script defer src="/{SCRIPT}" data-site="{digest}" data-events="/{EVENTS}"></script>\n'
    before, head, after = data.partition(b"</head>")
    return Answer(status, TYPES[".html"], before + script.encode() + head + after)


OWN_PAGE = Markup(
    """\
<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
</head>
<body>
<h1>{heading}</h1>
<p>{text}</p>
</body>
</html>
"""
)


def _said(status: int, name: str, text: str, digest: str) -> Answer:
    """A page of the server's own: the name of its title, and its text."""
    key, language = f"serve.{name}", texts.language_now()
    html = OWN_PAGE.format(
        language=language,
        direction=languages.direction(language),
        title=texts.say(key),
        heading=texts.t(key),
        text=text,
    )
    return _page(status, html.encode(), digest)
