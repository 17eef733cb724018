"""The command `kg reason`: it takes an ontology's data, prints whether both can be true, or writes what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.gathering import finish, gather

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from kg.graph_files import GraphFile
    from kg.reasoning import Contradiction, Verdict
    from kg.sources import Gathered

__all__ = ["reason"]

_FEW = 20
"""Contradictions that are printed; the rest are counted."""


@click.command()
@click.argument("sources", metavar="[SOURCES|GRAPH]", nargs=-1)
@click.option(
    "--materialise", is_flag=True, help="Write the data with all that follows from it by the rules of OWL 2 RL."
)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="File of the Turtle that --materialise writes.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Stop HermiT after so many seconds; 600 where nothing is said.",
)
def reason(sources: tuple[str, ...], *, materialise: bool, out: Path | None, timeout: float | None) -> None:
    """Check with HermiT whether the ontology and the data of SOURCES, or of graphs in RDF, can be true together.

    GRAPH is a file that ends in .ttl, .nt, .nq, .trig, .jsonld, .rdf or .owl; it may hold axioms of its own. HermiT needs
    the extra `reason` and a Java runtime, --materialise neither. The exit code is 1 where a class can have no member or
    something is contradicted.
    """
    if materialise != (out is not None):
        raise click.UsageError("--materialise and -o FILE.ttl go together", click.get_current_context())
    if materialise and timeout is not None:
        raise click.UsageError("--timeout is for HermiT, which --materialise does not ask", click.get_current_context())
    files, gathered = _given(sources)
    if out is not None:
        _write(files, gathered, out)
        failed: Sequence[str] = ()
    else:
        failed = _check(files, gathered, timeout)
    if gathered:
        finish(gathered, failed)
    elif failed:
        raise click.ClickException("\n".join(failed))


def _given(sources: Sequence[str]) -> tuple[list[GraphFile], Gathered | None]:
    """Part graphs from other sources; without any of the two, the bundled dataset is the source."""
    from kg.graph_files import GRAPH_FORMATS, read_graph  # noqa: PLC0415  (loads the engine)

    graphs = [source for source in sources if Path(source).suffix.lower() in GRAPH_FORMATS]
    others = [source for source in sources if source not in graphs]
    return [read_graph(Path(graph)) for graph in graphs], gather(others) if others or not graphs else None


def _data(files: Sequence[GraphFile], gathered: Gathered | None, *, evidence: bool) -> list[Triple]:
    from pyoxigraph import Triple  # noqa: PLC0415

    from kg.graph import triples  # noqa: PLC0415
    from kg.vocabulary import Names  # noqa: PLC0415

    aside = Names().namespace("evidence")
    told = [triple for file in files for triple in file.triples]
    for plan in gathered.plans if gathered else ():
        told += [
            Triple(quad.subject, quad.predicate, quad.object)
            for quad in triples(plan)
            if evidence or not str(quad.graph_name).strip("<>").startswith(aside)
        ]
    return list(dict.fromkeys(told))


def _write(files: Sequence[GraphFile], gathered: Gathered | None, out: Path) -> None:
    from kg import reasoning  # noqa: PLC0415
    from kg.graph_files import ontology_files  # noqa: PLC0415
    from kg.output import write_whole  # noqa: PLC0415
    from kg.vocabulary import DEFAULT_BASE  # noqa: PLC0415

    ontology = ontology_files()
    data = _data(files, gathered, evidence=False)
    made = reasoning.materialise(data, reasoning.axioms(ontology))
    prefixes = reasoning.prefixes((*files, *ontology), DEFAULT_BASE)
    write_whole(out, reasoning.turtle(made, prefixes))
    click.echo(f"{out}: {len(data):,} triples stated, {len(made) - len(data):,} follow")


def _check(files: Sequence[GraphFile], gathered: Gathered | None, timeout: float | None) -> list[str]:
    """Print what both reasoners say, and return what is wrong."""
    from kg import reasoning  # noqa: PLC0415

    seconds = reasoning.SECONDS if timeout is None else timeout
    ontology, data = reasoning.axioms(), _data(files, gathered, evidence=True)
    outside = reasoning.outside_rl(ontology)
    click.echo(f"ontology: {len(ontology):,} triples, OWL 2 DL; outside of OWL 2 RL: {', '.join(outside) or 'nothing'}")
    click.echo(f"data: {len(data):,} triples")
    verdict = reasoning.judge((*ontology, *data), seconds=seconds)
    alone = verdict if verdict.consistent else reasoning.judge(ontology, seconds=seconds)
    left = f" ({verdict.left_out:,} triples left out, whose datatype OWL 2 does not have)" if verdict.left_out else ""
    click.echo(f"HermiT: {_sound(verdict, alone)}{left}")
    click.echo(f"HermiT: {_count(len(alone.unsatisfiable), 'unsatisfiable class', 'es')}")
    for iri in alone.unsatisfiable:
        click.echo(f"  {iri}")
    faults = reasoning.contradictions(reasoning.close((*ontology, *data)))
    click.echo(f"rules of OWL 2 RL: {_count(len(faults), 'contradiction', 's')}")
    for line in _told(faults):
        click.echo(f"  {line}")
    wrong = [] if verdict.consistent else [_sound(verdict, alone)]
    if alone.unsatisfiable:
        wrong.append(f"{_count(len(alone.unsatisfiable), 'class', 'es')} can have no member, listed above")
    if faults and verdict.consistent:
        wrong.append(f"{_count(len(faults), 'contradiction', 's')}, listed above")
    return wrong


def _told(faults: Sequence[Contradiction]) -> list[str]:
    lines = [f"{fault.node}: {fault.first} and {fault.second} ({fault.check})" for fault in faults[:_FEW]]
    return [*lines, f"… and {len(faults) - _FEW} more"] if len(faults) > _FEW else lines


def _sound(verdict: Verdict, alone: Verdict) -> str:
    if verdict.consistent:
        return "ontology and data are consistent"
    if alone.consistent:
        return "the data contradicts the ontology, which alone is consistent"
    return "the ontology contradicts itself"


def _count(number: int, name: str, ending: str) -> str:
    return f"{number} {name}{'' if number == 1 else ending}"
