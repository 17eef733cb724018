"""Write ontology/examples/broken: one graph for each constraint of the shapes, which breaks that one and no other.

    python tests/break_examples.py

The rule: take a node of a good example that the constraint is about, with what it leads to; change as little as breaks the
constraint (leave a value out, add a second one, put a wrong one in its place …); derive the short forms again, which follow
from the rest; keep the first such graph in which the validator finds exactly one result, the intended one, without the nodes
that this result does not need. The head of each file says what was changed. The tests validate the files as they are stored, with pySHACL too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

from kg.assets import asset
from kg.catalogue import CATALOGUE_PREFIXES
from kg.cube import CUBE_PREFIXES
from kg.validate import validate
from kg.validate.model import SHAPES, Component, Constraint, Inverse, Sequence, Shape
from kg.validate.paths import predicates
from kg.validate.shapes import our_shapes
from kg.vocabulary import HOME, PREFIXES, SHORTCUTS, VOCABULARY_FILES, Names, concept, term

GOOD = asset("ontology", "examples/good")
BROKEN = asset("ontology", "examples/broken")

Node = NamedNode | BlankNode
Graph = frozenset[Triple]

TYPE = term("rdf:type")
OWNED = ("resp:deadline", "resp:indicatorValue", "resp:formerBody")
"""Properties whose objects are nothing without their subject."""

EVIDENCE = ("resp:evidence", "resp:clause")
LINKS = {"relation:basis": "eli:based_on", "relation:mention": "eli:cites"}
WORK = ("resp:task", "resp:indicator", "resp:project")


@dataclass(frozen=True)
class Case:
    """A constraint with the shape that states it and the node shape whose nodes it is about."""

    holder: Shape
    shape: Shape
    constraint: Constraint

    @property
    def name(self) -> str:
        """Name the file of the case."""
        component = self.constraint.component.removesuffix("ConstraintComponent")
        return f"{self.shape.iri.value.removeprefix(SHAPES)}_{component}"


def cases() -> list[Case]:
    """Give every constraint of a shape with targets once, with every node shape that uses it."""
    found = [
        Case(holder, shape, constraint)
        for holder in our_shapes()
        if holder.targets
        for shape in (holder, *holder.properties)
        for constraint in shape.constraints
    ]
    return sorted(found, key=lambda case: case.name)


def good_graphs() -> dict[str, Graph]:
    """Read the good examples."""
    return {
        path.stem: frozenset(
            Triple(q.subject, q.predicate, q.object) for q in parse(path=str(path), format=RdfFormat.TURTLE)
        )
        for path in sorted(GOOD.glob("*.ttl"))
    }


class Checker:
    """Tells what the validator finds in a graph beside the vocabulary."""

    def __init__(self) -> None:
        self._store = Store()
        for name in VOCABULARY_FILES:
            self._store.bulk_load(path=str(asset("ontology", name)), to_graph=Names().node("graph", "vocabulary"))

    def __call__(self, graph: Graph) -> list[tuple[str, str]]:
        """Give shape and component of each result."""
        quads = [Quad(t.subject, t.predicate, t.object) for t in graph]
        self._store.extend(quads)
        results = validate(self._store).results
        for quad in quads:
            self._store.remove(quad)
        return [(result.shape.iri.value, str(result.constraint.component)) for result in results]


# ---- graphs ----------------------------------------------------------------------------------------------------------


def around(graph: Graph, focus: Node) -> Graph:
    """Keep what is said of a node, of what it leads to, and of what owns it."""
    subjects = {t.subject for t in graph}
    kept: set[object] = set()
    waiting: list[object] = [focus]
    while waiting:
        node = waiting.pop()
        if node not in kept and node in subjects:
            kept.add(node)
            waiting += [t.object for t in graph if t.subject == node]
            waiting += [t.subject for t in graph if t.object == node and t.predicate in map(term, OWNED)]
    return derived(frozenset(t for t in graph if t.subject in kept))


def derived(graph: Graph) -> Graph:
    """Derive the short forms again."""
    short = {term(name) for name in (*SHORTCUTS.values(), *LINKS.values())}
    told = {t for t in graph if t.predicate not in short}
    for duty in {t.subject for t in told if t.predicate == term("resp:role")}:
        works = [o for name in WORK for o in values(told, duty, name)]
        for role, shortcut in SHORTCUTS.items():
            if concept(role) in values(told, duty, "resp:role"):
                told |= {Triple(w, term(shortcut), b) for w in works for b in values(told, duty, "resp:bearer")}
    for citation in {t.subject for t in told if t.predicate == term("resp:citedAct")}:
        for relation, link in LINKS.items():
            if term(relation) in values(told, citation, "resp:relation"):
                acts, documents = values(told, citation, "resp:citedAct"), values(told, citation, "resp:document")
                told |= {Triple(d, term(link), a) for d in documents for a in acts if isinstance(d, NamedNode)}
    return frozenset(told)


def without_evidence(graph: Graph) -> Graph:
    """Leave the places in the text out, as the Turtle of a build does."""
    places = {t.subject for t in graph if t.predicate.value.startswith(PREFIXES["oa"])}
    return frozenset(t for t in graph if t.subject not in places and t.predicate not in map(term, EVIDENCE))


def values(graph: Graph | set[Triple], subject: object, name: str) -> list:
    return sorted((t.object for t in graph if t.subject == subject and t.predicate == term(name)), key=str)


def reached(graph: Graph, case: Case, focus: Node) -> list[Triple]:
    """Give the triples by which a focus node reaches its values; the first steps of a sequence."""
    path = case.shape.path
    if path is None:
        return []
    names = set(predicates(path.parts[0] if isinstance(path, Sequence) else path))
    found = [
        t for t in graph if t.predicate in names and focus == (t.object if isinstance(path, Inverse) else t.subject)
    ]
    if isinstance(path, Sequence):
        last = set(predicates(path.parts[-1]))
        found = [t for t in found if any(s.subject == t.object and s.predicate in last for s in graph)]
    return sorted(found, key=str)


def replaced(graph: Graph, old: object, new: Node) -> Graph:
    """Put another node in the place of one."""
    return frozenset(
        Triple(new if t.subject == old else t.subject, t.predicate, new if t.object == old else t.object) for t in graph
    )


def copied(graph: Graph, node: object, new: NamedNode, *, owned: bool) -> set[Triple]:
    """Describe a new node as another is described."""
    left_out = set() if owned else set(map(term, OWNED))
    return {Triple(new, t.predicate, t.object) for t in graph if t.subject == node and t.predicate not in left_out}


# ---- ways to break ---------------------------------------------------------------------------------------------------


def ways(graph: Graph, case: Case, focus: Node) -> Iterator[Graph]:
    """Yield graphs that break a constraint at a node, the smallest change first."""
    break_it = BREAKS.get(case.constraint.component)
    if break_it:
        yield from break_it(graph, case, focus)
    elif special := SPECIAL.get(case.shape.iri.value.removeprefix(SHAPES)):
        yield from special(graph, focus)


def leave_out(graph: Graph, case: Case, focus: Node) -> Iterator[Graph]:
    links = reached(graph, case, focus)
    needed = int(case.constraint.values[0].value)
    yield derived(graph - set(links[needed - 1 :]))


def add_another(graph: Graph, case: Case, focus: Node) -> Iterator[Graph]:
    for link in reached(graph, case, focus)[:1]:
        backwards = isinstance(case.shape.path, Inverse)
        value = link.subject if backwards else link.object
        for other, described in others(graph, case, value):
            more = Triple(other, link.predicate, focus) if backwards else Triple(focus, link.predicate, other)
            yield derived(graph | described | {more})
            yield without_evidence(derived(graph | described | {more}))


def others(graph: Graph, case: Case, value: object) -> Iterator[tuple[Node | Literal, set[Triple]]]:
    """Yield values of the same sort as one, each with its description."""
    for one in case.shape.constraints:
        if one.component is Component.IN:
            yield from ((other, set()) for other in one.values if other != value)
    if isinstance(value, Literal):
        yield from ((other, set()) for other in variants(value))
        return
    for known in ("role:support", "func:health", "former:labour-bureau"):
        if str(value).rpartition("/")[0] == str(term(known)).rpartition("/")[0]:
            yield term(known), set()
    if isinstance(value, NamedNode) and value.value.startswith((f"{HOME}id/", CUBE_PREFIXES["cube"])):
        for new in (f"{value.value}-2", f"{HOME}id/other/{value.value.rpartition('/')[2]}"):
            for owned in (True, False):
                described = copied(graph, value, NamedNode(new), owned=owned)
                yield NamedNode(new), varied(described, case)
    yield NamedNode(HOME + "basis"), set()


def varied(described: set[Triple], case: Case) -> set[Triple]:
    """Give a copy another value where a path goes on through it, for equal values count once."""
    if not isinstance(case.shape.path, Sequence):
        return described
    last = set(predicates(case.shape.path.parts[-1]))
    return {
        Triple(t.subject, t.predicate, next(variants(t.object)) if t.predicate in last else t.object) for t in described
    }


def variants(value: Literal) -> Iterator[Literal]:
    text, kind = value.value, value.datatype
    if value.language:
        yield Literal(f"{text}·", language=value.language)
    elif kind == term("xsd:integer"):
        yield from (Literal(int(text) + step) for step in (1, -1))
    elif kind == term("xsd:decimal"):
        yield Literal(str(Decimal(text) + 1), datatype=kind)
    elif kind == term("xsd:boolean"):
        yield Literal(text != "true")
    elif kind == term("xsd:hexBinary"):
        yield Literal(f"{text[:-1]}1", datatype=kind)
    elif kind == term("xsd:nonNegativeInteger"):
        yield Literal(str(int(text) + 1), datatype=kind)
    elif kind == term("xsd:date"):
        yield Literal(str(date.fromisoformat(text) - timedelta(days=1)), datatype=kind)
    else:
        yield from (Literal(f"{text[:-1]}{end}") for end in ("1", "·", f"1{text[-1:]}"))


def put(graph: Graph, case: Case, focus: Node, *wrong: Node | Literal) -> Iterator[Graph]:
    """Put a wrong value in the place of one; then with one other property left out, which may depend on it."""
    for link in reached(graph, case, focus):
        for value in wrong:
            changed = graph - {link} | {Triple(focus, link.predicate, value)}
            yield derived(changed)
            yield derived(without_orphan(changed, link.object))
            for other in sorted({t.predicate for t in graph if t.subject == focus}, key=str):
                if other not in (TYPE, link.predicate):
                    yield derived(frozenset(t for t in changed if (t.subject, t.predicate) != (focus, other)))


def without_orphan(graph: Graph, node: object) -> Graph:
    return graph if any(t.object == node for t in graph) else frozenset(t for t in graph if t.subject != node)


def wrong_class(graph: Graph, case: Case, focus: Node) -> Iterator[Graph]:
    """Point to a node of which nothing is said."""
    for link in reached(graph, case, focus):
        gone = NamedNode(f"{HOME}id/gone/{link.object.value.rpartition('/')[2]}")
        for changed in put(graph, case, focus, gone):
            yield changed
            yield without_evidence(changed)


def wrong_datatype(graph: Graph, case: Case, focus: Node) -> Iterator[Graph]:
    for link in reached(graph, case, focus):
        text, kind = link.object.value, case.constraint.values[0]
        if kind == term("rdf:langString"):
            yield from put(graph, case, focus, Literal(text))
        elif kind == term("xsd:string"):
            yield from put(graph, case, focus, Literal(text, language="zh"))
        elif kind == term("xsd:integer"):
            yield from put(graph, case, focus, Literal(text, datatype=term("xsd:decimal")))
        elif kind == term("xsd:decimal"):
            yield from put(graph, case, focus, Literal(int(Decimal(text))), Literal(text))
        else:
            yield from put(graph, case, focus, Literal(text))


def other_value(graph: Graph, case: Case, focus: Node) -> Iterator[Graph]:
    """Leave the needed value out, or put another in its place."""
    needed = case.constraint.values[0]
    for link in reached(graph, case, focus):
        if link.object == needed:
            yield graph - {link}
            for known in ("dockind:reply", "bodykind:group"):
                yield graph - {link} | {Triple(focus, link.predicate, term(known))}
            yield graph - {link} | {Triple(focus, link.predicate, NamedNode(HOME + "basis"))}


def not_in_list(graph: Graph, case: Case, focus: Node) -> Iterator[Graph]:
    for link in reached(graph, case, focus):
        if isinstance(link.object, Literal):
            yield from put(graph, case, focus, Literal("about"))
        else:
            unknown = NamedNode(f"{link.object.value}-unknown")
            yield from put(graph, case, focus, unknown)
            yield graph | {Triple(focus, link.predicate, unknown)}


def other_language(graph: Graph, case: Case, focus: Node) -> Iterator[Graph]:
    for link in reached(graph, case, focus):
        yield from put(graph, case, focus, Literal(link.object.value, language="fr"))


def same_language(graph: Graph, case: Case, focus: Node) -> Iterator[Graph]:
    for link in reached(graph, case, focus)[:1]:
        yield graph | {Triple(focus, link.predicate, next(variants(link.object)))}


def exchanged(graph: Graph, case: Case, focus: Node) -> Iterator[Graph]:
    """Exchange the values of both properties."""
    other = case.constraint.values[0]
    for one in reached(graph, case, focus):
        for two in [t for t in graph if t.subject == focus and t.predicate == other]:
            yield graph - {one, two} | {Triple(focus, one.predicate, two.object), Triple(focus, other, one.object)}


def beyond(graph: Graph, case: Case, focus: Node) -> Iterator[Graph]:
    """Put the number just outside the bound."""
    bound = int(case.constraint.values[0].value)
    outside = bound - 1 if case.constraint.component is Component.MIN_INCLUSIVE else bound + 1
    for link in reached(graph, case, focus):
        yield from put(graph, case, focus, Literal(str(outside), datatype=link.object.datatype))


def blank(graph: Graph, case: Case, focus: Node) -> Iterator[Graph]:
    """Take the name of a value, or of the node itself."""
    for node in [link.object for link in reached(graph, case, focus)] if case.shape.path else [focus]:
        yield replaced(graph, node, BlankNode("nameless"))


def not_in_form(graph: Graph, case: Case, focus: Node) -> Iterator[Graph]:
    for link in reached(graph, case, focus):
        is_hex = link.object.datatype == term("xsd:hexBinary")
        yield from put(graph, case, focus, Literal("b0", datatype=link.object.datatype) if is_hex else Literal("No. 5"))


BREAKS: dict[Component, Callable[[Graph, Case, Node], Iterator[Graph]]] = {
    Component.MIN_COUNT: leave_out,
    Component.MAX_COUNT: add_another,
    Component.CLASS: wrong_class,
    Component.DATATYPE: wrong_datatype,
    Component.HAS_VALUE: other_value,
    Component.IN: not_in_list,
    Component.LANGUAGE_IN: other_language,
    Component.UNIQUE_LANG: same_language,
    Component.LESS_THAN: exchanged,
    Component.LESS_THAN_OR_EQUALS: exchanged,
    Component.MIN_INCLUSIVE: beyond,
    Component.MAX_INCLUSIVE: beyond,
    Component.MIN_LENGTH: lambda graph, case, focus: put(graph, case, focus, Literal("")),
    Component.PATTERN: not_in_form,
    Component.NODE: lambda graph, case, focus: put(graph, case, focus, term("role:lead")),
    Component.NODE_KIND: blank,
    Component.CLOSED: lambda graph, _, focus: iter(
        [graph | {Triple(focus, term("rdfs:seeAlso"), NamedNode("https://example.org/more"))}]
    ),
}
"""How a constraint of each component is broken."""


def drop_short_form(graph: Graph, _: Node) -> Iterator[Graph]:
    short = {term(name) for name in (*SHORTCUTS.values(), *LINKS.values())}
    yield from (graph - {t} for t in sorted(graph, key=str) if t.predicate in short)


def add_short_form(graph: Graph, focus: Node) -> Iterator[Graph]:
    for name, target in (("resp:supportDepartment", "body/海雾救助协会"), ("eli:cites", "act/雾笛技术规范")):
        yield graph | {Triple(focus, term(name), NamedNode(f"{HOME}id/{target}"))}


def move_document(graph: Graph, focus: Node) -> Iterator[Graph]:
    """Let a copy, or the task of a promise, be of another document."""
    for link in sorted(graph, key=str):
        if link.predicate in (term("resp:copyOf"), term("resp:document")) and link.subject != focus:
            new = NamedNode(f"{link.object.value}-2")
            changed = graph - {link} | {Triple(link.subject, link.predicate, new)}
            changed |= copied(graph, link.object, new, owned=True)
            yield changed
            yield without_evidence(changed)


def next_number(name: str) -> Callable[[Graph, Node], Iterator[Graph]]:
    def change(graph: Graph, _: Node) -> Iterator[Graph]:
        for link in [t for t in sorted(graph, key=str) if t.predicate == term(name)]:
            more = Triple(link.subject, link.predicate, Literal(int(link.object.value) + 1))
            yield graph - {link} | {more}

    return change


SPECIAL: dict[str, Callable[[Graph, Node], Iterator[Graph]]] = {
    "Shortcut-missing": drop_short_form,
    "Citation-link-missing": drop_short_form,
    "Shortcut-alone": add_short_form,
    "Citation-link-alone": add_short_form,
    "Evidence-elsewhere": move_document,
    "Promise-elsewhere": move_document,
    "Year-of-last-day": next_number("resp:year"),
    "Quote-length": next_number("oa:end"),
    "Region-circle": lambda graph, focus: iter(
        [
            frozenset(t for t in graph if (t.subject, t.predicate) != (focus, term("resp:parentRegion")))
            | {Triple(focus, term("resp:parentRegion"), focus)}
        ]
    ),
    "Duty-name": lambda graph, focus: iter([replaced(graph, focus, NamedNode(f"{HOME}id/duty/r1"))]),
}
"""How each cross-check is broken."""


# ---- files -----------------------------------------------------------------------------------------------------------


def find(case: Case, graphs: dict[str, Graph], check: Checker) -> tuple[str, Graph, Graph] | None:
    """Find a broken graph of a case: the good example, what was taken of it, and what became of that."""
    wanted = [(case.shape.iri.value, str(case.constraint.component))]
    for name, graph in graphs.items():
        for focus in sorted({t.subject for t in graph if isinstance(t.subject, NamedNode)}, key=str):
            if not concerns(case, graph, focus):
                continue
            part = around(graph, focus)
            if check(part):
                continue
            for changed in ways(part, case, focus):
                if check(changed) == wanted:
                    return name, part, changed
    return None


def reduced(graph: Graph, check: Checker) -> Graph:
    """Leave out what is said of each node that the result does not need, so that people see what is broken."""
    wanted = check(graph)
    for node in sorted({t.subject for t in graph}, key=str):
        fewer = frozenset(t for t in graph if t.subject != node)
        if check(fewer) == wanted:
            graph = fewer
    return graph


def concerns(case: Case, graph: Graph, focus: NamedNode) -> bool:
    """Tell whether a node may be of the targets of a case; the validator has the last word."""
    types = {t.object for t in graph if t.subject == focus and t.predicate == TYPE}
    properties = {t.predicate for t in graph if t.subject == focus}
    return any(target.iri in properties | types | above(frozenset(types)) for target in case.holder.targets)


def above(types: frozenset[object]) -> set[object]:
    supers = {
        "Task": "WorkItem",
        "Indicator": "WorkItem",
        "Project": "WorkItem",
        "Organization": "Body",
        "Department": "Body",
    }
    supers["CollectiveBody"] = "Body"
    return {term(f"resp:{up}") for name, up in supers.items() if term(f"resp:{name}") in types}


def written(case: Case, source: str, part: Graph, changed: Graph, rest: Graph) -> str:
    """Write what is left of a broken example as Turtle, with a head that says what was changed."""
    message = case.constraint.message or case.shape.message
    component = case.constraint.component.removesuffix("ConstraintComponent")
    lines = [f"# Broken on purpose: shapes:{case.shape.iri.value.removeprefix(SHAPES)} {component}"]
    lines += [f"# en: {message.en}", f"# zh: {message.zh}"] if message else []
    silent = not any(t.predicate == term("oa:hasSource") for t in changed) and without_evidence(part) != part
    part = without_evidence(part) if silent else part
    lines += [f"# Taken from good/{source}.ttl{', without its places in the text,' if silent else ''} and changed:"]
    lines += [f"#   - {line}" for line in statements(part - changed)]
    lines += [f"#   + {line}" for line in statements(changed - part)]
    return "\n".join(lines) + "\n\n" + turtle(rest)


def statements(triples: Graph) -> list[str]:
    """Write triples one a line, without prefixes."""
    return [line for line in turtle(triples).splitlines() if line and not line.startswith("@prefix")]


def turtle(triples: Graph) -> str:
    """Write compact Turtle, subjects in their order, with the prefixes that are used."""
    prefixes = {**Names().prefixes(), **CUBE_PREFIXES, **CATALOGUE_PREFIXES}
    ordered = sorted(triples, key=lambda t: (str(t.subject), t.predicate != TYPE, str(t.predicate), str(t.object)))
    text = (serialize(ordered, format=RdfFormat.TURTLE, prefixes=prefixes) or b"").decode()
    head = [line for line in text.splitlines() if line.startswith("@prefix")]
    body = text[sum(len(line) + 1 for line in head) :]
    used = [line for line in head if re.search(rf"(?<![\w-]){re.escape(line.split()[1])}", body)]
    return "\n".join(sorted(used)) + "\n\n" + body.replace(" .\n", " .\n\n").rstrip("\n") + "\n"


def broken_examples() -> tuple[dict[str, str], list[str]]:
    """Make the text of every file, and name the constraints for which the rule finds none."""
    graphs, check = good_graphs(), Checker()
    made: dict[str, str] = {}
    missing: list[str] = []
    names = sorted({case.name for case in cases()})
    for name in names:
        for case in (case for case in cases() if case.name == name):
            if found := find(case, graphs, check):
                made[name] = written(case, *found, reduced(found[2], check))
                break
        else:
            missing.append(name)
    return made, missing


def main() -> None:
    """Write the files anew, and fail where a constraint has none."""
    made, missing = broken_examples()
    for path in BROKEN.glob("*.ttl"):
        path.unlink()
    for name, text in made.items():
        (BROKEN / f"{name}.ttl").write_text(text, encoding="utf-8")
    print(f"{len(made)} broken examples in {BROKEN.name}; without one: {', '.join(missing) or 'none'}")
    if missing:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
