"""Tell which kind of body that a reform ended a name speaks of, by the bundled ontology/reforms.ttl."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import pyoxigraph as ox

from kg.assets import asset
from kg.errors import ResolveError
from kg.resolve import patterns
from kg.resolve.functions import FUNCTIONS, Reading, clean_name, read_body

FORMER_BODIES = "https://w3id.org/policy-responsibility/former-body/"

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_RESP = "https://w3id.org/policy-responsibility/ontology#"
_CORE, _END, _CENTRAL = f"{_SKOS}altLabel", f"{_RESP}branchLabel", f"{_SKOS}hiddenLabel"
_NEVER = f"{_RESP}notLabel"
_FUNCTION = f"{_RESP}formerFunction"


@dataclass(frozen=True, slots=True)
class FormerNames:
    """The names of the kinds of former bodies: cores, ends after a place, names of central bodies; and functions.

    `never` are cores that look like a former name and are names of today (监察委员会, beside 监察局).
    """

    cores: Mapping[str, str]
    ends: Mapping[str, str]
    central: Mapping[str, str]
    never: frozenset[str]
    functions: Mapping[str, str]


@lru_cache(maxsize=65536)
def former_body(name: str) -> str | None:
    """Return the notation of the kind of former body that a name speaks of; None for the name of a body of today.

    >>> former_body("万州区卫计委"), former_body("区国土局"), former_body("区卫生健康委")
    ('health-family-planning-commission', 'land-resources-bureau', None)
    """
    known, cleaned = load_former(), clean_name(name)
    reading = read_body(cleaned)
    core = _core(reading)
    if core in known.never:
        return None
    former = known.central.get(cleaned) or known.cores.get(_form(core)) or _by_end(reading, known)
    return former if former and reading.function == known.functions[former] else None


def _core(reading: Reading) -> str:
    core = patterns.CLOSING_BRACKET.regex.sub("", reading.core)
    committee = patterns.COMMITTEE_PREFIX.at_start(core)
    return core[committee.end() :] if committee else core


def _form(name: str) -> str:
    """Return the form of a name under which endings of one sort stand for one another: 局, 厅, 委; 办 and 办公室."""
    joined = patterns.JOINT.regex.sub("", name)
    if joined.endswith(("总局", "部", "署")):
        return joined
    match = patterns.BUREAU.regex.fullmatch(joined)
    if match and len(match["stem"]) > 1:
        return f"{match['stem']}局"
    return joined.removesuffix("公室") if joined.endswith("办公室") else joined


def _by_end(reading: Reading, known: FormerNames) -> str | None:
    ends = sorted(known.ends, key=lambda end: (-len(end), end))  # 银保监分局 before 保监分局
    return next((known.ends[end] for end in ends if reading.name.endswith(end)), None)


@cache
def load_former() -> FormerNames:
    """Read the bundled reforms once."""
    return read_former(asset("ontology", "reforms.ttl"))


def read_former(path: Path) -> FormerNames:
    """Read the kinds of former bodies. Raises `ResolveError` where the file does not parse."""
    names: dict[str, dict[str, str]] = {_CORE: {}, _END: {}, _CENTRAL: {}}
    functions: dict[str, str] = {}
    never: set[str] = set()
    try:
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            if not isinstance(quad.subject, ox.NamedNode) or not quad.subject.value.startswith(FORMER_BODIES):
                continue
            former, predicate, value = quad.subject.value.removeprefix(FORMER_BODIES), quad.predicate.value, quad.object
            if predicate in names and isinstance(value, ox.Literal):
                form = _form(value.value) if predicate == _CORE else value.value
                names[predicate][form] = former
            elif predicate == _NEVER and isinstance(value, ox.Literal):
                never.add(value.value)
            elif predicate == _FUNCTION and isinstance(value, ox.NamedNode):
                functions[former] = value.value.removeprefix(FUNCTIONS)
    except (SyntaxError, OSError) as error:
        raise ResolveError(f"{path.name} is no readable Turtle: {error}") from error
    return FormerNames(names[_CORE], names[_END], names[_CENTRAL], frozenset(never), functions)
