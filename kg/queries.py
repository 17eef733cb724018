"""Find the questions in `queries/`, bind their parameters and ask them: a store and a question go in, an answer comes out.

A parameter is a line `VALUES ?name { … }` in the query itself, which holds its default. So every file runs as it is on any
SPARQL 1.1 endpoint, and binding is the same for all engines: the braces get one term in the syntax of RDF, never raw text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store, Triple

from kg.assets import asset
from kg.errors import QueryError
from kg.vocabulary import DEFAULT_BASE, LANGUAGE, PREFIXES, Names, term

__all__ = [
    "Answer",
    "Column",
    "Parameter",
    "Plain",
    "Question",
    "ask",
    "bind",
    "checks",
    "find",
    "plain",
    "questions",
    "read_question",
]

Term = NamedNode | BlankNode | Literal | Triple
Plain = str | int | float | Decimal | date | bool | None
"""A value of an answer in Python: an IRI and a text are strings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What a question asks of its user; without a value it takes its default, and `any` leaves it open."""

    name: str
    type: str
    default: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What a column of the answer holds."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One query file: the question in two languages, its parameters and columns, and its SPARQL."""

    name: str
    question_en: str
    question_zh: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    sparql: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The rows of an answer as RDF terms; ASK gives one row `answer`, CONSTRUCT rows of subject, predicate, object."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def plain(self) -> list[tuple[Plain, ...]]:
        """Give the rows as plain Python values."""
        return [tuple(plain(value) for value in row) for row in self.rows]

    def strings(self) -> list[tuple[str, ...]]:
        """Give the rows as strings, an empty one where there is no value."""
        return [tuple(_string(value) for value in row) for row in self.rows]


ANY = "any"
_HEADER = re.compile(r"# (?P<key>en|zh|param|column): (?P<text>.+)")
_PARAMETER = re.compile(r"(?P<name>\w+) \((?P<type>[\w-]+), (?:required|default (?P<default>\S.*?))\): (?P<text>.+)")
_COLUMN = re.compile(r"(?P<name>\w+): (?P<text>.+)")
_VALUES = re.compile(r"VALUES\s+\?(?P<name>\w+)\s*\{[^{}]*\}")
_POSITION = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): (?P<what>.*)", re.DOTALL)
_SERVICE = re.compile(r"\bSERVICE\b", re.IGNORECASE)
_QUOTED = re.compile(r"<[^<>\s]*>|\"[^\"\n]*\"|'[^'\n]*'|#[^\n]*")
_FEW = 8
_CONCEPTS = {"function": "func", "role": "role", "attribute": "attribute", "basis": "basis", "level": "level"}
_CONVERSIONS: Mapping[str, Callable[[str], Plain]] = {
    "integer": int,
    "decimal": Decimal,
    "double": float,
    "date": date.fromisoformat,
}
_LITERALS = {"code": "string", "text": "string", "date": "date", "integer": "integer", "decimal": "decimal"}


def questions() -> tuple[Question, ...]:
    """Read every question of `queries/`, in the order of their names."""
    return tuple(_read(path, path.stem) for path in sorted(asset("queries").glob("*.rq")))


def checks() -> tuple[Question, ...]:
    """Read every check of `queries/checks/`; its answer must have no row."""
    return tuple(_read(path, f"checks/{path.stem}") for path in sorted(asset("queries", "checks").glob("*.rq")))


def find(name: str) -> Question:
    """Return the question or check of this name.

    Raises `QueryError` with the nearest names where there is none.
    """
    known = {question.name: question for question in (*questions(), *checks())}
    if name in known:
        return known[name]
    near = get_close_matches(name, known, n=3, cutoff=0.4)
    meant = f"did you mean {', '.join(near)}? " if near else ""
    raise QueryError(f"no query is called {name!r}: {meant}`kg query --list` shows all")


def ask(store: Store, question: str | Path | Question, /, **parameters: Plain) -> Answer:
    """Answer a question: one of ours by its name, a query file, or SPARQL text, over the union of all graphs.

    The prefixes of `kg.vocabulary` need no declaration. Raises `QueryError` for an unknown name, a missing or
    ill-typed parameter, and a syntax error with its line and column.
    """
    asked = question if isinstance(question, Question) else _understand(question)
    _require_inside(asked)
    bind(asked, parameters)
    sparql = bind(asked, _as_stored(store, asked, parameters))
    try:
        return _answer(store.query(sparql, prefixes=_prefixes(store), use_default_graph_as_union=True))
    except SyntaxError as error:
        raise QueryError(f"{asked.name}: {_explain(str(error), sparql)}") from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"{asked.name}: cannot be answered: {error}") from error


def _require_inside(question: Question) -> None:
    """Refuse a query that would reach out of the store."""
    if _SERVICE.search(_QUOTED.sub(" ", question.sparql)):
        raise QueryError(
            f"{question.name}: SERVICE reaches out to another endpoint, and only this store is asked: leave it out"
        )


def _answer(result: QuerySolutions | QueryBoolean | QueryTriples) -> Answer:
    if isinstance(result, QueryBoolean):
        return Answer(columns=("answer",), rows=((Literal(bool(result)),),))
    if isinstance(result, QuerySolutions):
        columns = tuple(variable.value for variable in result.variables)
        return Answer(columns=columns, rows=tuple(tuple(row) for row in result))
    rows = sorted(((triple.subject, triple.predicate, triple.object) for triple in result), key=str)
    return Answer(columns=("subject", "predicate", "object"), rows=tuple(rows))


def bind(question: Question, parameters: Mapping[str, Plain]) -> str:
    """Return the SPARQL of a question with its parameters bound, ready for any SPARQL 1.1 engine.

    Raises `QueryError` for a parameter that is missing, unknown or of the wrong type.
    """
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in parameters:
        if name not in known:
            raise QueryError(f"{question.name}: no parameter {name!r}; it takes {', '.join(known) or 'none'}")
    terms = {name: _term(question, known[name], value) for name, value in parameters.items()}
    for name, parameter in known.items():
        if parameter.default is None and name not in terms:
            raise QueryError(f"{question.name}: needs {name} ({parameter.type}): {parameter.text}")

    def replace(match: re.Match[str]) -> str:
        bound = terms.get(match["name"])
        return f"VALUES ?{match['name']} {{ {bound} }}" if bound else match[0]

    return _VALUES.sub(replace, question.sparql)


def plain(value: Term | None) -> Plain:
    """Return the plain Python value of a term.

    >>> plain(Literal("2031-06-30", datatype=term("xsd:date")))
    datetime.date(2031, 6, 30)
    """
    if not isinstance(value, Literal):
        return None if value is None else _string(value)
    text, kind = value.value, value.datatype.value.removeprefix(PREFIXES["xsd"])
    if kind == "boolean":
        return text in {"true", "1"}
    convert = _CONVERSIONS.get(kind)
    return convert(text) if convert else text


def _string(value: Term | None) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, Triple) else value.value


def _understand(question: str | Path) -> Question:
    if isinstance(question, Path) or question.endswith(".rq"):
        path = Path(question)
        if not path.is_file():
            raise QueryError(f"{path}: no such query file")
        return _read(path, path.name)
    if re.search(r"[{\s]", question.strip()):
        return _parse(question, "query")
    return find(question)


def _read(path: Path, name: str) -> Question:
    try:
        return _parse(path.read_text(encoding="utf-8"), name)
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: cannot be read: {error}") from error


def _parse(sparql: str, name: str) -> Question:
    """Read the comment block at the head of a query; every parameter that it does not describe is text without a type."""
    header: dict[str, list[str]] = {"en": [], "zh": [], "param": [], "column": []}
    for line in sparql.splitlines():
        if not line.startswith("#"):
            break
        if match := _HEADER.fullmatch(line):
            header[match["key"]].append(match["text"])
    return Question(
        name=name,
        question_en=" ".join(header["en"]),
        question_zh="".join(header["zh"]),
        parameters=tuple(_parameter(text, name) for text in header["param"]),
        columns=tuple(_column(text, name) for text in header["column"]),
        sparql=sparql,
    )


def _parameter(text: str, name: str) -> Parameter:
    match = _PARAMETER.fullmatch(text)
    if not match:
        raise QueryError(f"{name}: {text!r} describes no parameter: write 'name (type, default any): text'")
    return Parameter(name=match["name"], type=match["type"], default=match["default"], text=match["text"])


def _column(text: str, name: str) -> Column:
    match = _COLUMN.fullmatch(text)
    if not match:
        raise QueryError(f"{name}: {text!r} describes no column: write 'name: text'")
    return Column(name=match["name"], text=match["text"])


def _term(question: Question, parameter: Parameter, value: Plain) -> str:
    """Write a value as a term; pyoxigraph escapes and checks what it is given, so that no value can end the term."""
    kind, text = parameter.type, str(value)
    if value is None or text == ANY:
        return "UNDEF"
    try:
        if kind == "name":
            return str(Literal(text, language=LANGUAGE))
        if kind in _LITERALS:
            return str(Literal(_lexical(kind, text), datatype=term(f"xsd:{_LITERALS[kind]}")))
        return str(_concept(kind, text))
    except (ValueError, InvalidOperation) as error:
        raise QueryError(f"{question.name}: {parameter.name}={text!r} is no {kind}: {parameter.text}") from error
    except KeyError as error:
        raise QueryError(f"{question.name}: the parameter {parameter.name} has an unknown type {kind!r}") from error


def _concept(kind: str, text: str) -> NamedNode:
    return NamedNode(text if text.startswith("http") else PREFIXES[_CONCEPTS[kind]] + text)


def _lexical(kind: str, text: str) -> str:
    """Return the lexical form of a typed value; raises `ValueError` or `InvalidOperation` where it has none."""
    if kind == "date":
        return date.fromisoformat(text).isoformat()
    if kind == "integer":
        return str(int(text))
    if kind == "decimal":
        number = Decimal(text)
        if not number.is_finite():
            raise ValueError(text)
        return f"{number:f}"
    return text


def _as_stored(store: Store, question: Question, parameters: Mapping[str, Plain]) -> dict[str, Plain]:
    """Give names as people write them (民政, 万州区) the codes of this store; refuse what it does not hold.

    A slip of the pen would give an answer without rows, which reads as "nothing is due".
    """
    known = dict(parameters)
    for parameter in question.parameters:
        text = str(parameters.get(parameter.name, ANY))
        if text in {ANY, "None"} or text.startswith("http"):
            continue
        if parameter.type in _CONCEPTS:
            known[parameter.name] = _chosen(question, parameter, text, _concepts(store, _CONCEPTS[parameter.type]))
        elif parameter.type == "code":
            known[parameter.name] = _chosen(question, parameter, text, _regions(store))
        elif parameter.type == "name":
            _chosen(question, parameter, text, _bodies(store))
    return known


def _chosen(question: Question, parameter: Parameter, text: str, codes: Mapping[str, str]) -> str:
    """Look a name or code up; where it is not there, the error tells what is near, or all where they are few."""
    if text in codes:
        return codes[text]
    near = get_close_matches(text, codes, n=3, cutoff=0.4) or [name for name in codes if text in name][:3]
    choices = sorted(set(codes.values())) if len(set(codes.values())) <= _FEW else near
    told = f"choose one of {', '.join(choices)}" if choices else f"see {parameter.text}"
    raise QueryError(f"{question.name}: {parameter.name}={text!r} is not in this store: {told}")


def _concepts(store: Store, prefix: str) -> dict[str, str]:
    """Give the notations of a code list by notation and by each label."""
    namespace = PREFIXES[prefix]
    found: dict[str, str] = {}
    for predicate in ("skos:altLabel", "skos:prefLabel", "skos:notation"):
        for quad in store.quads_for_pattern(None, term(predicate), None):
            concept = _string(quad.subject)
            if concept.startswith(namespace):
                found[_string(quad.object)] = concept.removeprefix(namespace)
    return found


def _regions(store: Store) -> dict[str, str]:
    """Give the codes of the regions by code and by name."""
    found: dict[str, str] = {}
    for quad in store.quads_for_pattern(None, term("resp:regionCode"), None):
        code = found[_string(quad.object)] = _string(quad.object)
        for label in store.quads_for_pattern(quad.subject, term("rdfs:label"), None):
            found[_string(label.object)] = code
    return found


def _bodies(store: Store) -> dict[str, str]:
    """Give the names of the bodies: labels, and forms as written."""
    forms = ("skos:altLabel", "skos:prefLabel", "rdfs:label", "resp:writtenAs")
    quads = (quad for form in forms for quad in store.quads_for_pattern(None, term(form), None))
    return {_string(quad.object): _string(quad.object) for quad in quads}


def _prefixes(store: Store) -> dict[str, str]:
    """Give the prefixes of our terms and of the data in this store, whose base any of its documents tells."""
    document = next(store.quads_for_pattern(None, term("rdf:type"), term("resp:Document")), None)
    base = _string(document.subject).rpartition("doc/")[0] if document else DEFAULT_BASE
    return Names(base).prefixes()


def _explain(message: str, sparql: str) -> str:
    match = _POSITION.fullmatch(message)
    if not match:
        return message
    line, what = int(match["line"]), match["what"].partition("\n")[0]
    if "Prefix not found" in what:
        what = "unknown prefix: declare it with PREFIX"
    written = sparql.splitlines()[line - 1].strip() if line <= len(sparql.splitlines()) else "the end"
    return f"line {line}, column {match['column']}: {what[:200]}, in: {written}"


def read_question(path: Path) -> Question:
    """Read one query file under the name of its stem; raises `QueryError` where it cannot be read."""
    return _read(path, path.stem)
