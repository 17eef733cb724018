"""Tell what a build or a store holds, what built it and what changed in its sources since: a folder goes in, a record comes out."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.build.earlier import fingerprint
from kg.build.ledger import read_ledger
from kg.build.outputs import LEDGER, STORE
from kg.build.sourcing import digest_of, key_of_place, state_of
from kg.errors import QueryError
from kg.layers import base_of
from kg.ontology import VERSION
from kg.sources.listing import given, list_places
from kg.store import is_store, open_store
from kg.swap import standing
from kg.vocabulary import term

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.build.ledger import Ledger

__all__ = ["SourceChanges", "Status", "status"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceChanges:
    """What is with the sources of a build now: paths of files that changed, are new or have gone, and how many are as they were.

    `unseen` are sources that cannot be looked at: URLs, standard input and what is not there any more.
    """

    changed: tuple[str, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]
    unchanged: int
    unseen: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What a folder holds.

    - `triples`: number of triples by kind of graph: facts, evidence, register, vocabulary
    - `bytes`: size of the store on disk
    - `made_by`, `ontology`: the extractors that read the documents, and the version of the ontology beside them
    - `is_current`: whether this kg, its data and its libraries are those of the build, so that the next one can begin with
      it; None for a store without a build
    - `sources`: None for a store without a build
    """

    folder: Path
    documents: int
    triples: Mapping[str, int]
    bytes: int
    made_by: tuple[str, ...]
    ontology: str
    is_current: bool | None
    sources: SourceChanges | None


def status(folder: str | Path = "out", *, by_content: bool = False) -> Status:
    """Tell the status of the folder of a build, or of a store alone.

    A source counts as unchanged if its size and time are; `by_content` compares the content of every one.
    Raises `QueryError` where the folder holds neither.
    """
    place = standing(Path(folder))
    if is_store(place):
        return _of_store(place)
    if not is_store(place / STORE):
        raise QueryError(f"{folder}: no build and no store: build one first (kg build)")
    try:
        with read_ledger(place / LEDGER) as ledger:
            return _of_build(place, ledger, by_content=by_content)
    except sqlite3.DatabaseError:
        return _of_store(place / STORE)


def _of_build(folder: Path, ledger: Ledger, *, by_content: bool) -> Status:
    about, documents = ledger.about, ledger.documents().values()
    return Status(
        folder=folder,
        documents=len(documents),
        triples={
            "facts": sum(document.facts for document in documents),
            "evidence": sum(document.evidence for document in documents),
            "register": sum(node.triples for node in ledger.nodes()),
            "vocabulary": int(about["vocabulary"]),
        },
        bytes=_size(folder / STORE),
        made_by=ledger.extractors(),
        ontology=about["ontology"],
        is_current=about["fingerprint"] == fingerprint(),
        sources=_sources(ledger, by_content=by_content),
    )


def _of_store(folder: Path) -> Status:
    store = open_store(folder)
    names = base_of(store)
    counts = dict.fromkeys(("facts", "evidence", "register", "vocabulary"), 0)
    for graph in store.named_graphs():
        kind, _, local = graph.value.removeprefix(names.base).partition("/")
        counts[local if kind == "graph" else kind] += sum(1 for _ in store.quads_for_pattern(None, None, None, graph))
    agents = store.quads_for_pattern(None, term("rdf:type"), term("prov:SoftwareAgent"))
    readers = [next(store.quads_for_pattern(agent.subject, term("rdfs:label"), None)).object for agent in agents]
    ontology = NamedNode(term("resp:").value.rstrip("#"))
    version = next(store.quads_for_pattern(ontology, VERSION, None), None)
    return Status(
        folder=folder,
        documents=sum(1 for _ in store.quads_for_pattern(None, term("rdf:type"), term("resp:Document"))),
        triples=counts,
        bytes=_size(folder),
        made_by=tuple(sorted({reader.value for reader in readers if isinstance(reader, Literal)})),
        ontology=version.object.value if version and isinstance(version.object, Literal) else "",
        is_current=None,
        sources=None,
    )


def _sources(ledger: Ledger, *, by_content: bool) -> SourceChanges:
    known = ledger.places()
    named = given([os.fsdecode(source) for source in ledger.sources()])
    seen = [source for source in named if isinstance(source, Path) and source.exists()]
    found: dict[str, list[str]] = {"changed": [], "new": [], "unchanged": []}
    there: set[bytes] = set()
    for place in list_places(seen).places if seen else ():
        at = key_of_place(place.at)
        if at in there or not isinstance(place.at, Path):
            continue
        there.add(at)
        found[_compare(place.at, known.get(at), by_content=by_content)].append(str(place.at))
    gone = [os.fsdecode(at) for at in known if at not in there and _is_below(at, seen)]
    return SourceChanges(
        changed=tuple(found["changed"]),
        new=tuple(found["new"]),
        gone=tuple(sorted(gone)),
        unchanged=len(found["unchanged"]),
        unseen=tuple(str(source) for source in named if source not in seen),
    )


def _compare(path: Path, known: tuple[int | None, int | None, bool, str | None] | None, *, by_content: bool) -> str:
    if known is None:
        return "new"
    state = state_of(path)
    size, changed, settled, digest = known
    if state and not by_content and (state.size, state.changed, True) == (size, changed, settled):
        return "unchanged"
    return "unchanged" if digest and state and digest_of(path) == digest else "changed"


def _is_below(at: bytes, seen: list[Path]) -> bool:
    path = Path(os.fsdecode(at))
    return any(path.is_relative_to(source) for source in seen)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())
