"""Say in one line what a server refused: a reply that is no answer goes in, an error with the server's own words comes out."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from kg.errors import EndpointError
from kg.remote.credentials import ADVICE
from kg.remote.session import Reply, Session
from kg.sources.file import plain

__all__ = ["refusal", "said"]

_LONGEST = 200
_UNAUTHORIZED = 401
_MARKUP = ("text/html", "application/xhtml+xml")
_MENDS = {
    _UNAUTHORIZED: ADVICE,
    403: "ask the server's keeper for the right to do so",
    404: "check the URL",
    405: "check the URL",
    408: "ask for less, or ask again",
    413: "it takes no body of this size",
    415: "it does not take this format",
    429: "it asks for patience: wait and ask again",
    503: "it is busy or the query took too long: ask for less, or ask again",
    504: "it is busy or the query took too long: ask for less, or ask again",
}


def refusal(session: Session, reply: Reply) -> EndpointError:
    """Return the error for a reply of a session that refuses."""
    mend = _MENDS.get(reply.status)
    if reply.status == _UNAUTHORIZED and session.known:
        mend = "the server does not take this name and password"
    words = said(reply)
    what = f"{reply.status} {reply.reason}".strip()[:80] + (f": {words}" if words else "")
    return EndpointError(f"{session.label}: {what}" + (f" ({mend})" if mend else ""))


def said(reply: Reply) -> str:
    r"""Return the first line of words in a reply, cut to what fits a line.

    >>> from http.client import HTTPMessage
    >>> page = b"<title>Oops</title><h1>The server   is\n ill</h1>"
    >>> said(Reply(status=500, reason="", type="text/html", charset="utf-8", headers=HTTPMessage(), body=page))
    'Oops'
    """
    text = reply.text()[:100_000]
    if reply.type in _MARKUP or text.lstrip()[:1] == "<":
        page = LexborHTMLParser(text)
        title = page.css_first("title")
        text = " ".join(title.text().split() if title else ()) or (page.body.text(separator="\n") if page.body else "")
    line = next((line for line in map(str.strip, text.splitlines()) if line), "")
    line = " ".join(plain(line).split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
