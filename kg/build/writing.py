"""Write the folder of a build: what the sources gave and the earlier build go in, the files that a full build would write come out."""

from __future__ import annotations

import hashlib
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, serialize

from kg.build.earlier import fingerprint, store_state
from kg.build.ledger import Document, Written
from kg.build.outputs import NQUADS, PLANS, STORE, TABLES_FOLDER, Maker, Pieces
from kg.build.register import write_register
from kg.build.sourcing import digest_of
from kg.build.splice import Splices
from kg.extract import extractor_name
from kg.ontology import version
from kg.output import write_whole
from kg.sources.listing import MANIFEST
from kg.sources.settling import renamed
from kg.store import Change, change, fill, share_file
from kg.tables_parquet import add_parquet
from kg.vocabulary import Names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kg.build.earlier import Earlier
    from kg.build.ledger import Ledger

__all__ = ["Changes", "write_build"]

_MOST_AT_ONCE = 500
"""Documents whose quads are held in memory to be put into the store that is there."""

_MOST_PATCHED = 0.2
"""Share of the documents after whose change the store is loaded anew, for the engine never forgets the texts of what left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Ids of the documents that came, changed and left since the earlier build, and how many stayed as they were."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    unchanged: int

    @property
    def all(self) -> tuple[str, ...]:
        """Return every document that is not as it was."""
        return (*self.new, *self.changed, *self.gone)


def write_build(folder: Path, ledger: Ledger, wanted: Mapping[str, int], earlier: Earlier | None) -> Changes:
    """Write all files of a build of these documents (id → reading) into the folder in which its ledger lies already.

    Raises `OSError` where that cannot be.
    """
    return _Writer(folder, ledger, earlier).write(wanted)


class _Writer:
    """Writes one build; `_digests` are the hashes of its files by path."""

    def __init__(self, folder: Path, ledger: Ledger, earlier: Earlier | None) -> None:
        self._folder = folder
        self._ledger = ledger
        self._earlier = earlier
        self._names = Names()
        self._maker = Maker(self._names)
        self._before = ledger.documents()
        self._change = Change(register=self._maker.register)
        self._digests: dict[str, str] = {}

    def write(self, wanted: Mapping[str, int]) -> Changes:
        """Write everything and say what changed."""
        changes = self._compare(wanted)
        patched = int(self._ledger.about.get("patched", 0)) + len(changes.all)
        few = len(changes.all) <= _MOST_AT_ONCE and patched <= _MOST_PATCHED * len(wanted)
        is_patch = bool(few and self._earlier and self._earlier.is_store_whole)
        self._write_files(wanted, changes, is_patch=is_patch)
        with ThreadPoolExecutor() as pool:  # hashing goes on in a thread while the engine works
            digests = [(one.path, pool.submit(digest_of, self._folder / one.path)) for one in self._maker.outputs]
            parquet = pool.submit(self._parquet, changes)
            self._write_store(is_patch=is_patch)
            self._digests.update((path, digest.result()) for path, digest in digests)
            self._digests.update(parquet.result())
        self._ledger.describe(patched=str(patched if is_patch else 0), store=store_state(self._folder / STORE))
        self._finish()
        return changes

    def _compare(self, wanted: Mapping[str, int]) -> Changes:
        before = self._before
        changed = tuple(one for one in wanted if one in before and before[one].reading != wanted[one])
        new = tuple(one for one in wanted if one not in before)
        gone = tuple(one for one in before if one not in wanted)
        return Changes(new=new, changed=changed, gone=gone, unchanged=len(wanted) - len(new) - len(changed))

    def _write_files(self, wanted: Mapping[str, int], changes: Changes, *, is_patch: bool) -> None:
        """Write tables, graph and records, document by document, then what documents share."""
        lengths: list[tuple[str, Sequence[int]]] = [(key, one.lengths) for key, one in self._before.items()]
        lengths += [(node.iri, node.lengths) for node in self._ledger.nodes()]
        touched = self._forget([*changes.changed, *changes.gone])
        old = self._earlier.folder if self._earlier else None
        (self._folder / PLANS).mkdir()
        with Splices(self._maker.outputs, old, self._folder, lengths) as files:
            come = {*changes.new, *changes.changed}
            for name in sorted(wanted):
                if name not in come:
                    files.keep(name)
                    self._share(f"{PLANS}/{name}.yaml")
                    continue
                made = self._make(name, wanted[name])
                files.add(made.pieces)
                touched.update(node.value for node in made.said)
                if is_patch:
                    self._change.quads += made.quads
            for node, quads in write_register(self._ledger, self._maker, files, touched):
                if is_patch:
                    self._change.nodes[node] = quads

    def _forget(self, documents: Sequence[str]) -> set[str]:
        """Take documents out of the ledger and the store, and return the shared nodes of which they told."""
        touched: set[str] = set()
        for one in documents:
            touched.update(self._ledger.forget_said(one))
            self._change.graphs += [self._names.node("facts", one), self._names.node("evidence", one)]
        self._ledger.replace_documents(documents, ())
        return touched

    def _make(self, name: str, reading: int) -> Pieces:
        """Make the pieces of a document, enter it in the ledger and write its records."""
        plan = renamed(self._ledger.plan(reading), name)
        made = self._maker.of_plan(plan)
        document = Document(
            id=name,
            reading=reading,
            file=plan.document.file,
            sha256=plan.document.sha256,
            facts=made.facts,
            evidence=made.evidence,
            lengths=tuple(map(len, made.pieces)),
        )
        self._ledger.replace_documents((), [document])
        said = {node.value: serialize(quads, format=RdfFormat.N_QUADS) or b"" for node, quads in made.said.items()}
        self._ledger.add_said(name, said)
        path = f"{PLANS}/{name}.yaml"
        (self._folder / path).write_bytes(made.records)
        self._digests[path] = hashlib.sha256(made.records).hexdigest()
        return made

    def _share(self, path: str) -> None:
        """Take over a file that stays as it is."""
        if self._earlier is None:
            raise OSError(f"{path}: no earlier build has it")
        share_file(self._earlier.folder / path, self._folder / path)
        self._digests[path] = self._earlier.files[path].sha256

    def _parquet(self, changes: Changes) -> dict[str, str]:
        """Write the tables as Parquet beside the CSV files, or take those over that stay as they are, and give their hashes."""
        same = (
            [] if changes.all or self._earlier is None else [p for p in self._earlier.files if p.endswith(".parquet")]
        )
        if same and self._earlier is not None:
            for path in same:
                share_file(self._earlier.folder / path, self._folder / path)
            return {path: self._earlier.files[path].sha256 for path in same}
        made = add_parquet(self._folder / TABLES_FOLDER)
        return {f"{TABLES_FOLDER}/{path.name}": digest_of(path) for path in made}

    def _write_store(self, *, is_patch: bool) -> None:
        folder = self._folder / STORE
        if is_patch and self._earlier:
            try:
                change(self._earlier.folder / STORE, folder, self._change)
            except (OSError, RuntimeError):  # the engine cannot read it: it is made anew
                shutil.rmtree(folder)
                is_patch = False
        if not is_patch:
            self._ledger.describe(vocabulary=str(fill(folder, self._folder / NQUADS)))

    def _finish(self) -> None:
        """Write the manifest, and into the ledger how every file was left."""
        files: dict[str, Written] = {}
        for path in sorted(self._digests):
            told = (self._folder / path).stat()
            files[path] = Written(size=told.st_size, changed=told.st_mtime_ns, sha256=self._digests[path])
        self._ledger.rewrite_written(files)
        documents = [
            {"document": one.id, "file": one.file, "sha256": one.sha256} for one in self._ledger.documents().values()
        ]
        made_by, ontology = extractor_name(), version()
        self._ledger.describe(made_by=made_by, ontology=ontology, fingerprint=fingerprint(), base=self._names.base)
        manifest = {
            "made_by": made_by,
            "ontology": ontology,
            "documents": documents,
            "files": {path: file.sha256 for path, file in files.items()},
        }
        write_whole(self._folder / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
