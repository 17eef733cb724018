"""Answer a query in a worker: a job and an open store go in, a whole reply or a plain refusal comes out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import IO

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
    parse_query_results,
    serialize,
)

from kg.asking.tokens import chooses_graphs, reaches_out
from kg.serve.formats import GRAPHS, RESULTS, ResultFormat
from kg.serve.jobs import Ask, Reply
from kg.serve.spool import Spool, TooLargeError

__all__ = ["answer", "graph_reply", "refusal"]

_POSITION = re.compile(r"error at (\d+):(\d+): ?(.*)", re.DOTALL)
_MOST_OF_A_MESSAGE = 300
_MOST_EXPECTED, _MOST_SHOWN = 80, 40
_TOO_MANY = "the answer has more than {limit:,} {what}, which is the limit of this server: ask for fewer with LIMIT"
_TOO_LARGE = (
    "the answer has more than {limit:,} bytes, which is the limit of this server: ask for fewer rows or columns"
)


def answer(
    job: Ask, store: Store, prefixes: Mapping[str, str], *, rows: int, answer_bytes: int, scratch: Path
) -> Reply:
    """Answer a query, with its errors as replies; `rows`, or triples, and bytes are the most that an answer may have."""
    if reaches_out(job.query):
        return refusal(
            403, "SERVICE reaches out to another endpoint, and this server asks only its own store: leave it out"
        )
    spool = Spool(scratch, answer_bytes)
    try:
        return _written(job, _evaluate(job, store, prefixes), spool, rows, dict(prefixes))
    except SyntaxError as error:
        return refusal(400, _explain(str(error), job.query))
    except TooLargeError:
        spool.discard()
        return refusal(422, _TOO_LARGE.format(limit=answer_bytes))
    except ValueError as error:
        spool.discard()
        return refusal(400, f"the query cannot be answered: {_short(str(error))}")
    except BaseException:
        spool.discard()
        raise


def refusal(status: int, message: str) -> Reply:
    """Say in plain words why there is no answer."""
    return Reply(status=status, media_type="text/plain; charset=utf-8", body=f"{message}\n".encode())


def _evaluate(job: Ask, store: Store, prefixes: Mapping[str, str]) -> QuerySolutions | QueryBoolean | QueryTriples:
    if job.default_graphs is None and job.named_graphs is None:
        union = not chooses_graphs(job.query)
        return store.query(job.query, prefixes=dict(prefixes), use_default_graph_as_union=union)
    return store.query(
        job.query,
        prefixes=dict(prefixes),
        default_graph=[NamedNode(iri) for iri in job.default_graphs or ()],
        named_graphs=[NamedNode(iri) for iri in job.named_graphs or ()],
    )


def _written(
    job: Ask, found: QuerySolutions | QueryBoolean | QueryTriples, spool: Spool, rows: int, prefixes: dict[str, str]
) -> Reply:
    if isinstance(found, QueryTriples):
        if job.graph is None:
            return _not_acceptable("CONSTRUCT and DESCRIBE give", [form.media_type for form in GRAPHS.values()])
        return _triples(found, job.graph, spool, rows, prefixes)
    if job.results is None:
        return _not_acceptable("SELECT and ASK give", [form.media_type for form in RESULTS.values()])
    form = RESULTS[job.results]
    if isinstance(found, QueryBoolean):
        return Reply(status=200, media_type=form.media_type, body=found.serialize(format=form.format) or b"")
    return _solutions(found, form, spool, rows)


def _triples(found: QueryTriples, form: str, spool: Spool, limit: int, prefixes: dict[str, str]) -> Reply:
    triples: dict[Triple, None] = {}
    for triple in found:
        triples[triple] = None
        if len(triples) > limit:
            return refusal(422, _TOO_MANY.format(limit=limit, what="triples"))
    return graph_reply([*triples], form, spool, prefixes)


def _solutions(found: QuerySolutions, form: ResultFormat, spool: Spool, limit: int) -> Reply:
    found.serialize(spool, form.format)  # type: ignore[arg-type]  # it only needs write and flush
    counted = _count(spool, form, limit)
    if counted > limit:
        spool.discard()
        return refusal(422, _TOO_MANY.format(limit=limit, what="rows"))
    spool.close()
    return Reply(status=200, media_type=form.media_type, body=spool.body, spool=spool.path)


def graph_reply(triples: list[Triple], form: str, spool: Spool, prefixes: dict[str, str]) -> Reply:
    """Write triples, sorted, so that equal graphs have equal bytes."""
    triples.sort(key=str)
    written = GRAPHS[form]
    serialize(triples, spool, written.format, prefixes=prefixes)  # type: ignore[arg-type]  # it only needs write
    spool.close()
    return Reply(status=200, media_type=written.media_type, body=spool.body, spool=spool.path)


def _not_acceptable(what: str, media_types: list[str]) -> Reply:
    offered = ", ".join(media_type.partition(";")[0] for media_type in media_types)
    return refusal(406, f"{what} none of the accepted media types; there are {offered}")


def _count(spool: Spool, form: ResultFormat, limit: int) -> int:
    """Count the rows of a written answer up to one more than the limit; one that is too short to have so many is not counted."""
    if spool.size <= limit * form.shortest:
        return 0
    with spool.reread() as file:
        return sum(1 for _ in islice(_rows(file, form), limit + 1))


def _rows(file: IO[bytes], form: ResultFormat) -> Iterable[object]:
    if form is RESULTS["csv"]:
        lines = csv.reader(io.TextIOWrapper(file, encoding="utf-8", newline=""))
        return islice(lines, 1, None)
    found = parse_query_results(file, form.format)
    return () if isinstance(found, QueryBoolean) else found


def _explain(message: str, query: str) -> str:
    """Say where a query does not parse, and what stands there; the engine lists all that it would take instead, often too much."""
    match = _POSITION.fullmatch(message)
    if not match:
        return f"the query is no SPARQL 1.1 query: {_short(message)}"
    line, column, what = int(match[1]), int(match[2]), _short(match[3])
    if "Prefix not found" in what:
        what = "a prefix that is not declared"
    elif what.startswith("expected") and len(what) > _MOST_EXPECTED:
        lines = query.splitlines()
        rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
        what = f"not expected here: {rest[:_MOST_SHOWN]}" if rest else "it ends too early"
    return f"the query is no SPARQL 1.1 query: line {line}, column {column}: {what}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"{line[:_MOST_OF_A_MESSAGE]}…" if len(line) > _MOST_OF_A_MESSAGE else line
