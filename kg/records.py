"""The records that pass between the rooms: one `Plan` for one document, every fact with the characters that say it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

__all__ = [
    "Achievement",
    "Basis",
    "Citation",
    "CitationRelation",
    "Commitment",
    "Comparator",
    "Deadline",
    "DocumentInfo",
    "DocumentKind",
    "Evidence",
    "Indicator",
    "IndicatorValue",
    "Organization",
    "OrganizationKind",
    "Plan",
    "Precision",
    "Project",
    "Recurrence",
    "Region",
    "RegionLevel",
    "Responsibility",
    "Role",
    "Task",
    "Unread",
    "UnreadKind",
    "ValueKind",
]


class Role(StrEnum):
    """How a body answers for a task."""

    LEAD = "lead"  # 牵头
    RESPONSIBLE = "responsible"  # 责任, 负责
    SUPPORT = "support"  # 配合, 参与
    IMPLEMENT = "implement"  # 具体落实


class Basis(StrEnum):
    """What kind of text assigns a responsibility."""

    CLAUSE = "clause"  # a bracket or labelled line
    TABLE = "table"  # a table cell
    PROSE = "prose"  # a sentence
    STANDING = "standing"  # a rule stated once for the whole document
    IMPLIED = "implied"  # the issuer's own undertaking


class DocumentKind(StrEnum):
    """What a document is."""

    PLAN = "plan"
    REPLY = "reply"
    REGULATION = "regulation"
    NOTICE = "notice"


class RegionLevel(StrEnum):
    """Rank of a region in the administrative hierarchy."""

    COUNTRY = "country"
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"


class OrganizationKind(StrEnum):
    """What kind of body bears a responsibility."""

    DEPARTMENT = "department"  # 区民政局
    GOVERNMENT = "government"  # 市人民政府, 某镇
    COLLECTIVE = "collective"  # 各镇乡街道: one node, never expanded
    GROUP = "group"  # 领导小组, 专班, 联席会议
    COMPANY = "company"
    HOSPITAL = "hospital"
    SCHOOL = "school"
    ASSOCIATION = "association"  # 红十字会, 行业协会
    OTHER = "other"


class Precision(StrEnum):
    """How exactly a deadline is dated."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    PERIOD = "period"
    NONE = "none"


class Recurrence(StrEnum):
    """How often the work falls due again."""

    YEAR = "every-year"
    HALF = "every-half-year"
    QUARTER = "every-quarter"
    MONTH = "every-month"
    WEEK = "every-week"
    ONGOING = "ongoing"


class Comparator(StrEnum):
    """How an actual value is compared with the promised one."""

    AT_LEAST = ">="
    AT_MOST = "<="
    EQUAL = "="


class ValueKind(StrEnum):
    """Whether an indicator value describes the start or the goal."""

    BASELINE = "baseline"
    TARGET = "target"


class CitationRelation(StrEnum):
    """Whether a document rests on a cited act or only names it."""

    BASIS = "basis"
    MENTION = "mention"


class UnreadKind(StrEnum):
    """What kind of place produced no fact although it looks like one."""

    CLAUSE = "clause"
    CELL = "cell"
    ROW = "row"
    LINE = "line"
    SENTENCE = "sentence"
    HEADING = "heading"
    BODY = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a document says a fact: character offsets in its normalised text and that slice itself.

    `quote` is `text[start:end]`, or None in records that carry no text (the bundled dataset).
    """

    start: int
    end: int
    quote: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentInfo:
    """What a document says about itself; `region_code` and `parent_region` are added when it is resolved."""

    id: str
    file: str
    sha256: str
    title: str
    kind: DocumentKind
    number: str | None = None
    issuer: str | None = None
    region: str | None = None
    region_code: str | None = None
    parent_region: str | None = None
    date_issued: date | None = None
    date_published: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """An administrative region with its GB/T 2260 code."""

    code: str
    name: str
    level: RegionLevel
    parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """A body of one region, with every form in which the document writes it."""

    id: str
    label: str
    kind: OrganizationKind
    names: tuple[str, ...]
    region_code: str | None = None
    function: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility:
    """One body's role in one task: the n-ary link task × body × role × evidence."""

    id: str
    department: str
    role: Role
    basis: Basis
    evidence: Evidence
    organization: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """When work is due: `when` as in the tables, and the first and last day that the words can mean."""

    id: str
    when: str
    precision: Precision
    evidence: Evidence
    earliest: date | None = None
    latest: date | None = None
    recurrence: Recurrence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """The smallest numbered or titled unit of assigned work."""

    id: str
    number: str
    section: tuple[str, ...]
    evidence: Evidence
    title: str | None = None
    clause: Evidence | None = None
    open: bool = False
    truncated: bool = False
    responsibilities: tuple[Responsibility, ...] = ()
    deadlines: tuple[Deadline, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A quantified promise in prose; `value` is in base units (1.5万 → 15000), `by` has the form of `Deadline.when`."""

    id: str
    metric: str
    comparator: Comparator
    value: Decimal
    evidence: Evidence
    value_max: Decimal | None = None
    unit: str | None = None
    by: str | None = None
    task: str | None = None
    section: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorValue:
    """One value of an indicator for one period; `value` is None for text values such as 应保尽保."""

    id: str
    period: str
    kind: ValueKind
    text: str
    evidence: Evidence
    comparator: Comparator | None = None
    value: Decimal | None = None
    aligned: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A row of an indicator table."""

    id: str
    number: str
    name: str
    evidence: Evidence
    group: str | None = None
    unit: str | None = None
    attribute: str | None = None
    values: tuple[IndicatorValue, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A row of an annex list of projects, policies, elements or pilots; money in 万元 (10,000 yuan)."""

    id: str
    list: str
    number: str
    name: str
    evidence: Evidence
    type: str | None = None
    start: str | None = None
    end: str | None = None
    place: str | None = None
    investment_wan: Decimal | None = None
    central_wan: Decimal | None = None
    goal: str | None = None
    responsibilities: tuple[Responsibility, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Achievement:
    """A quantified past result."""

    id: str
    metric: str
    value: Decimal
    evidence: Evidence
    value_max: Decimal | None = None
    unit: str | None = None
    as_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """An act that the document names in 《》."""

    id: str
    title: str
    relation: CitationRelation
    evidence: Evidence
    number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A place that looks like a fact and produced none, with the reason."""

    kind: UnreadKind
    reason: str
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All records of one document. `organizations` and `regions` are filled when the plan is resolved."""

    document: DocumentInfo
    extractor: str
    tasks: tuple[Task, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    projects: tuple[Project, ...] = ()
    achievements: tuple[Achievement, ...] = ()
    citations: tuple[Citation, ...] = ()
    organizations: tuple[Organization, ...] = ()
    regions: tuple[Region, ...] = ()
    unread: tuple[Unread, ...] = field(default=())
