"""Read a query file: the comment block at its head tells the question, its parameters and its columns.

    # en: Which tasks …?                                    the question in English
    # zh: 哪些任务…？                                        and in Chinese
    # words: 清单 分工 workload                              more words by which it is found
    # param: body (body, required): the body | 机构          name (type, default): meaning in English | in Chinese
    # column: task: title of the task | 任务标题             a column of the answer
    # fact: ?duty                                           the variables that hold the facts on which a row rests
    # example: body=贝壳区民政局; role=lead                  parameters of the example

A parameter is a line `VALUES ?name { … }` in the query itself, which holds its default. So every file runs as it is on any
SPARQL 1.1 endpoint, and binding is the same for all engines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from kg.errors import QueryError

__all__ = ["ANY", "Column", "Form", "Parameter", "Question", "pairs", "parse", "read", "read_question"]

ANY = "any"
"""The value that leaves a parameter open."""

Form = str
"""What a query asks for, in lower case: select, ask, construct or describe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What a question asks of its user; without a value it takes its default, and `any` leaves it open."""

    name: str
    type: str
    default: str | None
    text: str
    text_zh: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What a column of the answer holds."""

    name: str
    text: str
    text_zh: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One query file: the question in two languages, its parameters and columns, and its SPARQL.

    `facts` are the variables (without the question mark) that hold the facts on which a row rests, `example` the parameters
    of an example, `topic` the folder of the file.
    """

    name: str
    question_en: str
    question_zh: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    sparql: str
    topic: str = ""
    words: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    example: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def form(self) -> Form:
        """What the query asks for: select, ask, construct or describe; select where it does not say."""
        found = _FORM.search(_ASIDE.sub(" ", self.sparql))
        return found[0].lower() if found else "select"


_HEADER = re.compile(r"# (?P<key>en|zh|words|param|column|fact|example): (?P<text>.+)")
_PARAMETER = re.compile(r"(?P<name>\w+) \((?P<type>[\w-]+), (?:required|default (?P<default>\S.*?))\): (?P<text>.+)")
_COLUMN = re.compile(r"(?P<name>\w+): (?P<text>.+)")
_FORM = re.compile(r"\b(?:SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_ASIDE = re.compile(r"<[^<>\s]*>|#[^\n]*|^\s*PREFIX[^\n]*", re.IGNORECASE | re.MULTILINE)


def read_question(path: Path) -> Question:
    """Read one query file under the name of its stem; raises `QueryError` where it cannot be read."""
    return read(path, path.stem)


def read(path: Path, name: str, topic: str = "") -> Question:
    """Read one query file under a name; raises `QueryError` where it cannot be read."""
    try:
        return parse(path.read_text(encoding="utf-8"), name, topic)
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: cannot be read: {error}") from error


def parse(sparql: str, name: str, topic: str = "") -> Question:
    """Read the comment block at the head of a query; raises `QueryError` for a line that describes nothing."""
    header: dict[str, list[str]] = {key: [] for key in ("en", "zh", "words", "param", "column", "fact", "example")}
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
        topic=topic,
        words=tuple(" ".join(header["words"]).split()),
        facts=tuple(fact.removeprefix("?") for fact in " ".join(header["fact"]).split()),
        example=MappingProxyType(pairs("; ".join(header["example"]), name)),
    )


def pairs(text: str, where: str) -> dict[str, str]:
    """Read `name=value; name=value`; raises `QueryError` for what is no such pair."""
    made = {}
    for pair in text.split("; ") if text else ():
        key, equals, value = pair.partition("=")
        if not equals:
            raise QueryError(f"{where}: {pair!r} is no name=value: write it so")
        made[key] = value
    return made


def _parameter(text: str, name: str) -> Parameter:
    match = _PARAMETER.fullmatch(text)
    if not match:
        raise QueryError(f"{name}: {text!r} describes no parameter: write 'name (type, default any): text'")
    english, _, chinese = match["text"].partition(" | ")
    return Parameter(name=match["name"], type=match["type"], default=match["default"], text=english, text_zh=chinese)


def _column(text: str, name: str) -> Column:
    match = _COLUMN.fullmatch(text)
    if not match:
        raise QueryError(f"{name}: {text!r} describes no column: write 'name: text'")
    english, _, chinese = match["text"].partition(" | ")
    return Column(name=match["name"], text=english, text_zh=chinese)
