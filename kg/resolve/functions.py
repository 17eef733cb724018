"""Tell the government function of a body from its name, by the bundled scheme ontology/functions.ttl."""

from __future__ import annotations

from collections import ChainMap, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache, lru_cache
from pathlib import Path

import pyoxigraph as ox

from kg.assets import asset
from kg.errors import ResolveError
from kg.grammar.function_words import is_function_word
from kg.resolve import patterns
from kg.resolve.patterns import RANKS
from kg.resolve.regions import load_regions

FUNCTIONS = "https://w3id.org/policy-responsibility/function/"
GENERAL_GOVERNMENT = "general-government"
DEVELOPMENT_ZONE = "development-zone"
YOUTH_LEAGUE = "youth-league"

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_RESP = "https://w3id.org/policy-responsibility/ontology#"
_FOLDED = str.maketrans("（）：，；％／．巿", "():,;%/.市")
_SHORTEST_HEAD = 3  # 教育 before 服务中心 says little; 人行 before 中心支行 says it all
_TELLING_GROUPS = ("central-branches", "public-institutions")
_SEATS_OF_ALL = ("general-government", "party-committee", "development-zone")  # their offices can do anything


class Prefix(Enum):
    """What stands before the core of a body's name."""

    NONE = "none"  # 卫生健康局
    COUNTRY = "country"  # 国家 in 国家发展改革委
    RANK = "rank"  # 区 in 区民政局
    PLACE = "place"  # 万州区 in 万州区税务局
    UNKNOWN_PLACE = "unknown place"  # 灯塔区 in 灯塔区民政局, 灯塔镇 in 灯塔镇民政办
    TOWNSHIP = "township"  # 镇 in 镇民政办
    CENTRAL = "central"  # 国家税务总局重庆市万州区 in 国家税务总局重庆市万州区税务局


_Way = tuple[Prefix, str, str]


@dataclass(frozen=True, slots=True)
class Label:
    """What a name form says: a function, and whether it is the one bureau that holds the whole of it in a region."""

    function: str
    plain: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A body's name read: what stands before its core, the core, and its function if it has one."""

    name: str
    prefix: Prefix
    before: str
    core: str
    label: Label | None = None

    @property
    def function(self) -> str | None:
        """The notation of the function."""
        return self.label.function if self.label else None

    @property
    def is_plain(self) -> bool:
        """Whether the name is that of the one bureau of its function in a region."""
        return self.label is not None and self.label.plain


@dataclass(frozen=True, slots=True)
class Concept:
    """A function of the scheme with the name forms of its bodies; see the head of ontology/functions.ttl."""

    notation: str
    group: str
    names: Mapping[str, frozenset[str]] = field(hash=False)


class Functions:
    """The scheme of functions, ready to match core names."""

    __slots__ = ("_branches", "_bureaus", "_exact", "_fields", "_nots", "_offices", "groups")

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.groups: dict[str, str] = {}
        self._exact: dict[str, Label] = {}
        self._bureaus: dict[str, Label] = {}
        self._offices: dict[str, Label] = {}
        self._branches: dict[str, Label] = {}
        self._fields: Mapping[str, Label] = ChainMap(self._offices, self._bureaus)
        self._nots: set[str] = set()
        ordered = sorted(concepts, key=lambda concept: concept.notation)
        for concept in ordered:
            self.groups[concept.notation] = concept.group
            self._nots.update(map(_joined, concept.names["notLabel"]))
        for plain, kinds in ((True, ("altLabel", "prefLabel", "hiddenLabel")), (False, ("partLabel",))):
            for concept in ordered:
                label = Label(concept.notation, plain)
                for kind in kinds:
                    for name in sorted(concept.names[kind]):
                        self._add(_joined(name), label, has_stem=kind != "prefLabel")
        for concept in ordered:
            for name in concept.names["branchLabel"]:
                self._branches[_joined(name)] = Label(concept.notation, False)

    def of_core(self, core: str) -> Label | None:
        """Match a name without its region: as listed, by its stem, or as a combination of several."""
        name = _joined(core)
        return None if name in self._nots else self._exact.get(name) or self._by_stem(name)

    def of_inner(self, core: str) -> Label | None:
        """Match an office inside a body or a branch below it: 生态环境局蒙自分局."""
        name = _joined(core)
        for end in range(len(name) - 1, 1, -1):
            head = name[:end]
            is_bureau = patterns.BUREAU.regex.fullmatch(head) is not None
            label = self._exact.get(head) or (self._by_stem(head) if is_bureau else None)
            if label is None or label.function in _SEATS_OF_ALL:
                continue
            group = self.groups[label.function]
            is_local = group == "central-branches" and end >= _SHORTEST_HEAD
            if not patterns.INNER.regex.fullmatch(name, end) and not (
                is_local and patterns.LOCAL_BRANCH.regex.fullmatch(name, end)
            ):
                continue
            if end >= _SHORTEST_HEAD or group in _TELLING_GROUPS:
                return Label(label.function, False)
        return None

    def is_not(self, core: str) -> bool:
        """Tell whether a name is listed as one that only looks like a body of a function."""
        return _joined(core) in self._nots

    def of_branch(self, core: str) -> Label | None:
        """Match what follows a place name without its rank."""
        return self._branches.get(_joined(core))

    def of_branch_end(self, name: str) -> Label | None:
        """Match the end of a name whose beginning is an unknown place or company: 岛海关."""
        for start in range(1, len(name) - 1):
            label = self._branches.get(name[start:])
            if label is not None and name[start - 1] not in f"{RANKS}各级属驻":
                return label
        return None

    def _add(self, name: str, label: Label, *, has_stem: bool) -> None:
        self._exact.setdefault(name, label)
        if not has_stem:
            return
        for pattern, stems in ((patterns.BUREAU, self._bureaus), (patterns.OFFICE, self._offices)):
            match = pattern.regex.fullmatch(name)
            if match and len(match["stem"]) > 1 and not patterns.GENERIC_STEM.regex.fullmatch(match["stem"]):
                stems.setdefault(match["stem"], label)

    def _by_stem(self, name: str) -> Label | None:
        for pattern in (patterns.BUREAU, patterns.ANY_BUREAU):
            match = pattern.regex.fullmatch(name)
            if match and (label := self._bureaus.get(match["stem"]) or self._combined(match["stem"], self._bureaus)):
                return label
            managed = match and patterns.MANAGED.regex.fullmatch(match["stem"])
            if managed and (label := self._bureaus.get(managed["stem"])):
                return Label(label.function, False)
        if match := patterns.OFFICE.regex.fullmatch(name):
            if label := self._offices.get(match["stem"]):
                return label
            if label := self._bureaus.get(match["stem"]) or self._combined(match["stem"], self._fields):
                return Label(label.function, False)
        for pattern in (patterns.SUB_BUREAU, patterns.UNIT):
            if (match := pattern.fits(name)) and (label := self._bureaus.get(match["stem"])):
                return Label(label.function, False)
        alone = self._bureaus.get(name)
        return alone if alone and alone.plain else None

    def _combined(self, stem: str, stems: Mapping[str, Label]) -> Label | None:
        """Match a stem made of several known ones: the first named is the function (教育体育, 农业农村和水利)."""
        for end in range(len(stem) - 2, 1, -1):
            first, rest = stems.get(stem[:end]), stem[end:]
            if first and (rest in stems or self._combined(rest, stems)):
                return first
        return None


def clean_name(name: str) -> str:
    """Return a name without white space and quotation marks, its brackets half-width."""
    return patterns.NOISE.regex.sub("", name.translate(_FOLDED))


def function_of(name: str) -> str | None:
    """Return the notation of the function of a body, named as a document writes it; None where it has none.

    >>> function_of("万州区民政局"), function_of("市人力资源和社会保障局"), function_of("区人民医院")
    ('civil-affairs', 'human-resources', None)
    """
    return read_body(with_department(clean_name(name))).function


def with_department(name: str) -> str:
    """Give the bare word for a function, as a list prints it, the 部门 that stands once for the whole list.

    >>> with_department("财政"), with_department("市民政局")
    ('财政部门', '市民政局')
    """
    full = f"{name}部门"
    return full if is_function_word(name) and read_body(full).function else name


@lru_cache(maxsize=65536)
def read_body(name: str) -> Reading:
    """Read a cleaned name: the first way of taking off what stands before the core that leaves a known core."""
    if patterns.YOUTH_LEAGUE.regex.fullmatch(name):
        return Reading(name, Prefix.NONE, "", name, Label(YOUTH_LEAGUE, True))
    functions = load_functions()
    bare = patterns.CLOSING_BRACKET.regex.sub("", name) or name
    ways = tuple(_ways(bare))
    if patterns.TWO_SEATS.fits(bare) or any(functions.is_not(core) for _, _, core in ways):
        return _cut(name, ways, None)
    for prefix, before, core in ways:
        label = functions.of_core(core) if before or len(core) > 1 else None
        if prefix is Prefix.PLACE and before[-1] not in RANKS:
            branch = functions.of_branch(core)
            label = label if branch is None or (label and label.function == branch.function) else branch
        elif label is None and prefix in (Prefix.PLACE, Prefix.CENTRAL):
            label = functions.of_branch(core)
        if label is not None:
            return Reading(name, prefix, before, name[len(before) :], label)
    for prefix, before, core in ways:
        if label := functions.of_inner(core) or (_of_head(before, core) if prefix is Prefix.CENTRAL else None):
            return Reading(name, prefix, before, name[len(before) :], label)
    return _read_whole(name, bare, ways, functions)


def _of_head(before: str, core: str) -> Label | None:
    """Match a branch that is named by its central body only: 国家矿山安监局 in 国家矿山安监局重庆局."""
    head = patterns.CENTRAL_HEAD.at_start(before)
    if head is None or not patterns.BRANCH_END.regex.fullmatch(core):
        return None
    label = read_body(head[0]).label
    return Label(label.function, False) if label else None


def _read_whole(name: str, bare: str, ways: tuple[_Way, ...], functions: Functions) -> Reading:
    """Read a name that leaves no known core: a region, a township, a branch; else one without a function."""
    places = load_regions().leading(bare)
    if places and places[-1].end == len(bare) and places[-1].ranked:
        return Reading(name, Prefix.PLACE, bare, "", Label(GENERAL_GOVERNMENT, True))
    if patterns.TOWNSHIP.regex.fullmatch(bare):
        return _cut(name, ways, Label(GENERAL_GOVERNMENT, False))
    if patterns.ZONE.regex.fullmatch(bare):
        return _cut(name, ways, Label(DEVELOPMENT_ZONE, False))
    if branch := functions.of_branch_end(bare):
        return Reading(name, Prefix.NONE, "", name, branch)
    return _cut(name, ways, None)


def _cut(name: str, ways: tuple[_Way, ...], label: Label | None) -> Reading:
    """Take a known place or a rank off a name of which only that is known."""
    for prefix, before, _ in ways:
        if prefix in (Prefix.RANK, Prefix.PLACE) and not patterns.RANK_WORD.regex.match(name):
            return Reading(name, prefix, before, name[len(before) :], label)
    return Reading(name, Prefix.NONE, "", name, label)


def _ways(name: str) -> Iterator[_Way]:
    """Give every way to take off what stands before the core, the surest first."""
    yield Prefix.NONE, "", name
    party = patterns.PARTY_PREFIX.at_start(name)
    offset = party.end() if party else 0
    for place in reversed(load_regions().leading(name[offset:])):
        end = offset + place.end
        yield from _with_committee(Prefix.PLACE, name, end)
        if place.ranked:
            yield Prefix.PLACE, name[: end - 1], name[end - 1 :]
    if head := patterns.CENTRAL_HEAD.at_start(name):
        for place in reversed(load_regions().leading(name[head.end() :])):
            end = head.end() + place.end
            yield Prefix.CENTRAL, name[:end], name[end:]
    for prefix, pattern, start in (
        (Prefix.COUNTRY, patterns.COUNTRY_PREFIX, 0),
        (Prefix.RANK, patterns.RANK_PREFIX, offset),
        (Prefix.TOWNSHIP, patterns.TOWNSHIP_PREFIX, offset),
    ):
        if match := pattern.at_start(name, start):
            yield from _with_committee(prefix, name, match.end())
    for end in range(2, len(name)):
        if patterns.UNKNOWN_PLACE.regex.fullmatch(name, 0, end):
            yield from _with_committee(Prefix.UNKNOWN_PLACE, name, end)


def _with_committee(prefix: Prefix, name: str, end: int) -> Iterator[_Way]:
    """Give the core after `end`, then without the committee or government that it belongs to (市委老干部局)."""
    if end < len(name):
        yield prefix, name[:end], name[end:]
    if match := patterns.COMMITTEE_PREFIX.at_start(name, end):
        yield prefix, name[:end], name[match.end() :]


@cache
def load_functions() -> Functions:
    """Read the bundled scheme once."""
    return Functions(read_functions(asset("ontology", "functions.ttl")))


def read_functions(path: Path) -> list[Concept]:
    """Read the concepts of a scheme that have a broader one. Raises `ResolveError` where the file does not parse."""
    groups: dict[str, str] = {}
    notations: dict[str, str] = {}
    names: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    wanted = {f"{_SKOS}{kind}": kind for kind in ("prefLabel", "altLabel", "hiddenLabel")}
    wanted |= {f"{_RESP}{kind}": kind for kind in ("partLabel", "branchLabel", "notLabel")}
    try:
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            subject, predicate, value = str(quad.subject), quad.predicate.value, quad.object
            if isinstance(value, ox.Literal):
                if predicate == f"{_SKOS}notation":
                    notations[subject] = value.value
                elif predicate in wanted and value.language == "zh":
                    names[subject][wanted[predicate]].add(value.value)
            elif predicate == f"{_SKOS}broader" and isinstance(value, ox.NamedNode):
                groups[subject] = value.value.removeprefix(FUNCTIONS)
    except (SyntaxError, OSError) as error:
        raise ResolveError(f"{path.name} is no readable Turtle: {error}") from error
    return [
        Concept(notations[subject], group, {kind: frozenset(names[subject][kind]) for kind in wanted.values()})
        for subject, group in groups.items()
    ]


def _joined(name: str) -> str:
    return patterns.JOINT.regex.sub("", name)
