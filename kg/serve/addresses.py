"""Lead from IRIs to pages of this server and back: the one place that knows which path stands for which IRI."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from pyoxigraph import NamedNode

from kg.vocabulary import DEFAULT_BASE, HOME, PREFIXES, Names, term

if TYPE_CHECKING:
    from pyoxigraph import Store

__all__ = ["DATA_PATH", "Addresses"]

DATA_PATH = "/id/"
_SAFE = "/:@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True)
class Addresses:
    """The paths of a store whose data has this base: `/id/…` is the data, every other path a term or code list of ours."""

    base: str = DEFAULT_BASE

    @classmethod
    def of(cls, store: Store) -> Addresses:
        """Read the base off any document of a store."""
        document = next(store.quads_for_pattern(None, term("rdf:type"), term("resp:Document")), None)
        subject = document.subject if document else None
        return cls(subject.value.rpartition("doc/")[0] if isinstance(subject, NamedNode) else DEFAULT_BASE)

    def iri(self, path: str) -> str:
        """Return the IRI for which a path stands."""
        if path.startswith(DATA_PATH):
            return self.base + path.removeprefix(DATA_PATH)
        return HOME + path.removeprefix("/")

    def path(self, iri: str) -> str | None:
        """Return the path, with its fragment, at which this server tells of an IRI; None where it is of others."""
        for namespace, start in ((self.base, DATA_PATH), (HOME, "/")):
            if iri.startswith(namespace) and iri != namespace:
                local, mark, fragment = iri.removeprefix(namespace).partition("#")
                return start + quote(local, safe=_SAFE) + mark + quote(fragment, safe=_SAFE)
        return None

    def short(self, iri: str) -> str:
        """Write an IRI as prefix:name where a prefix is known."""
        prefix, namespace = max(
            ((name, space) for name, space in self.prefixes().items() if iri.startswith(space) and iri != space),
            key=lambda pair: len(pair[1]),
            default=("", ""),
        )
        return f"{prefix}:{iri.removeprefix(namespace)}" if prefix else iri

    def prefixes(self) -> dict[str, str]:
        """Return every prefix that a query may use without declaring it."""
        try:
            return Names(self.base).prefixes()
        except ValueError:
            return dict(PREFIXES)
