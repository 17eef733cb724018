"""Write what the code itself tells: tables, questions and their answers, the model of the graph, schemas, and what the README shows."""

from __future__ import annotations

import dataclasses
import io
import re
import sys
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path

from pyoxigraph import Store

import kg
from kg.cli import show
from kg.competency import COLUMNS, answer, competency_questions, needed_terms, table
from kg.queries import Question, ask, checks, find, questions
from kg.records_file import schema
from kg.score.annotation import schema as annotation_schema
from kg.store import load, open_store
from kg.tables import TABLES
from kg.vocabulary import PREFIXES

ROOT = Path(__file__).resolve().parents[1]
MADE = "<!-- Made from the code by `make docs`; change it there. -->"


def tables() -> str:
    """Give the page on the tables: every column of each, with what it holds."""
    head = (
        "# Tables",
        "`kg tables` and every build write these as CSV: UTF-8, a header row, one fact a row, sorted by document and, within it, by place. "
        "Names and columns are a public interface: they stay, and more columns may follow. `start` and `end` are offsets in the "
        "normalised text of the document (`kg.read(path).text[start:end]`); an empty cell means that the document does not say.",
    )
    parts = [
        f"## {name}\n\n| column | what it holds |\n|---|---|\n{_rows(spec.columns)}" for name, spec in TABLES.items()
    ]
    return _page(*head, *parts)


def queries() -> str:
    """Give the page on the questions that have a name."""
    head = (
        "# Questions",
        "`kg query NAME` answers these from the store of a build; each is a file of `queries/`, plain SPARQL 1.1 that runs on any endpoint. "
        "`--param KEY=VALUE` sets a parameter; a parameter with a default may be left out, and `any` leaves it open. "
        "[sparql.md](sparql.md) tells what the graph holds and how to write a query of your own.",
        "[Competency questions](#competency-questions), at the end, are the questions that the ontology must answer, each with its stored answer.",
    )
    tests = "\n".join(f"- `{check.name}`: {check.question_en}" for check in checks())
    asked = [_question(question) for question in questions()]
    return _page(
        *head,
        *asked,
        "## Checks",
        "These must have no answer; one that has tells of a fault in the data.",
        tests,
        "## Competency questions",
        "[specification.md](../ontology/requirements/specification.md) says whom the ontology serves and what for; "
        "[competency-questions.csv](../ontology/requirements/competency-questions.csv) holds the questions with the classes and properties that each needs, "
        "[results](../ontology/requirements/results) the answer of each on the bundled dataset, and "
        "[not-asked.csv](../ontology/requirements/not-asked.csv) the terms that no question needs, with the reason. "
        "`python benchmarks/questions.py` asks all, compares with the stored answers and prints the time of each; `--rdflib` asks those marked portable "
        "in rdflib too; `make docs` stores the answers anew.",
        _competency(),
    )


def _competency() -> str:
    lines = ["| id | question | 问题 | query | parameters | portable |", "|---|---|---|---|---|---|"]
    for asked in competency_questions():
        given = " ".join(f"`{name}={value}`" for name, value in asked.parameters.items())
        link = f"[{asked.id}](../ontology/requirements/results/{asked.id}.csv)"
        portable = "yes" if asked.portable else "no"
        lines.append(
            f"| {link} | {asked.question_en} | {asked.question_zh} | [{asked.query}](#{asked.query}) | {given} | {portable} |"
        )
    return "\n".join(lines)


def _question(question: Question) -> str:
    lines = [f"## {question.name}", "", question.question_en, "", question.question_zh]
    if question.parameters:
        lines += ["", "| parameter | type | default | meaning |", "|---|---|---|---|"]
        lines += [f"| `{p.name}` | {p.type} | {p.default or 'required'} | {p.text} |" for p in question.parameters]
    lines += ["", "| column | what it holds |", "|---|---|", *(f"| `{c.name}` | {c.text} |" for c in question.columns)]
    return "\n".join(lines)


def _rows(columns: Mapping[str, str]) -> str:
    return "\n".join(f"| `{name}` | {text} |" for name, text in columns.items())


def _page(title: str, *parts: str) -> str:
    return "\n\n".join((title, MADE, *parts)) + "\n"


def shown() -> str:
    """Give the head of what a build of the bundled dataset prints: the counts, five functions and who carries most."""
    plans = kg.gather().plans
    with redirect_stdout(io.StringIO()) as out:
        show.documents(plans)
        show.headline(plans)
    lines = out.getvalue().splitlines()
    start = next(at for at, line in enumerate(lines) if "by function" in line)
    kept = [*lines[:start], *lines[start : start + 7], "", lines[-1]]
    return "\n".join(["```text", *kept, "```"])


def readme(name: str) -> str:
    """Give a README with what a build prints now."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return re.sub(r"(?s)(?<=<!-- build -->\n).*?(?=<!-- /build -->)", lambda _: f"{shown()}\n", text)


@cache
def bundled() -> Store:
    """Give the graph of the bundled dataset."""
    store = open_store()
    load(store, kg.gather().plans)
    return store


def sparql() -> str:
    """Give the page on queries of one's own, with what the graph holds and the codes that it uses."""
    text = (ROOT / "docs/sparql.md").read_text(encoding="utf-8")
    for mark, made in (
        ("prefixes", _prefixes()),
        ("model", _model()),
        ("codes", _codes()),
        ("functions", _functions()),
    ):
        text = _between(text, mark, made)
    return text


def _between(text: str, mark: str, made: str) -> str:
    return re.sub(rf"(?s)(?<=<!-- {mark} -->\n).*?(?=<!-- /{mark} -->)", lambda _: f"{made}\n", text)


def _prefixes() -> str:
    return "\n".join(["```sparql", *(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items()), "```"])


_MODEL = """
SELECT ?class ?property ?value (COUNT(?node) AS ?times)
WHERE {
  GRAPH ?graph { ?node a ?class }
  ?node ?property ?object .
  FILTER(!STRENDS(STR(?graph), "/vocabulary") && ?property != rdf:type)
  OPTIONAL { ?object a ?type }
  OPTIONAL { ?object skos:inScheme ?scheme }
  BIND(COALESCE(?scheme, ?type, IF(LANG(?object) != "", rdf:langString, DATATYPE(?object))) AS ?value)
}
GROUP BY ?class ?property ?value
ORDER BY ?class ?property ?value
"""
_COUNT = """
SELECT ?class ?property (COUNT(DISTINCT ?node) AS ?nodes)
WHERE { GRAPH ?graph { ?node a ?class } ?node ?property ?object FILTER(!STRENDS(STR(?graph), "/vocabulary")) }
GROUP BY ?class ?property
"""
_SECOND_TYPES = ("eli:Work", "dct:Location", "org:FormalOrganization", "prov:Entity", "resp:Plan")
_TERMS_OF_OTHERS = {
    "dct:title": "Title, in Chinese.",
    "eli:based_on": "An act on which the document rests.",
    "eli:cites": "An act that the document mentions.",
    "eli:date_document": "Date of the document.",
    "eli:date_publication": "Date of publication.",
    "eli:id_local": "Number of the document or act as printed.",
    "oa:end": "Offset after the last character.",
    "oa:exact": "The words.",
    "oa:hasSelector": "Offsets and, where there are any, words of the place.",
    "oa:hasSource": "The copy that was read.",
    "oa:start": "Offset of the first character.",
    "org:classification": "Function of the body.",
    "prov:used": "The copy that the run read.",
    "prov:wasAssociatedWith": "The software of the run.",
    "rdfs:label": "Name, in Chinese.",
    "skos:altLabel": "Another name, as a document writes it.",
}


def _model() -> str:
    """Tell of each class its properties, what their values are and how many members have them, in the bundled dataset."""
    counts = {(_short(name), _short(link)): int(nodes) for name, link, nodes in ask(bundled(), _COUNT).strings()}
    found: dict[str, dict[str, list[str]]] = {}
    for name, link, value, _ in ask(bundled(), _MODEL).strings():
        found.setdefault(_short(name), {}).setdefault(_short(link), []).append(_short(value))
    parts = []
    for name in (name for name in found if name not in _SECOND_TYPES):
        nodes = counts[name, "rdf:type"]
        rows = [_property(link, values, counts[name, link], nodes) for link, values in found[name].items()]
        head = "| property | value | on how many | meaning |\n|---|---|---|---|"
        parts += [f"### {name}", f"{_said(name)}{nodes} in the bundled dataset.", "\n".join([head, *rows])]
    return "\n\n".join(parts)


def _property(link: str, values: list[str], having: int, nodes: int) -> str:
    kinds = ", ".join(f"`{value}`" for value in values if value not in _SECOND_TYPES)
    meaning = _TERMS_OF_OTHERS[link] if link in _TERMS_OF_OTHERS else _said(link).strip()
    return f"| `{link}` | {kinds} | {'all' if having == nodes else having} | {meaning} |"


def _said(name: str) -> str:
    """Give the label in both languages and the definition of a term of ours; nothing for a term of others."""
    query = f"""SELECT ?en ?zh ?text {{
      {name} rdfs:label ?en , ?zh ; skos:definition ?text
      FILTER(LANG(?en) = "en" && LANG(?zh) = "zh" && LANG(?text) = "en")
    }}"""
    rows = ask(bundled(), query).strings() if name.startswith("resp:") else []
    return f"*{rows[0][0]}* {rows[0][1]}. {rows[0][2]} " if rows else ""


def _codes() -> str:
    query = """SELECT ?scheme ?notation ?concept ?en ?zh ?text {
      ?concept skos:inScheme ?scheme ; skos:notation ?notation ; rdfs:label ?en , ?zh ; skos:definition ?text
      FILTER(LANG(?en) = 'en' && LANG(?zh) = 'zh' && LANG(?text) = 'en')
      FILTER(!STRENDS(STR(?scheme), '/function') && !STRENDS(STR(?scheme), '/former-body'))
    } ORDER BY ?scheme ?notation"""
    lines = ["| concept | notation | in words | 中文 | meaning |", "|---|---|---|---|---|"]
    for _, notation, concept, english, chinese, text in ask(bundled(), query).strings():
        lines.append(f"| `{_short(concept)}` | `{notation}` | {english} | {chinese} | {text} |")
    return "\n".join(lines)


def _functions() -> str:
    query = """SELECT ?branch ?notation ?en ?zh {
      ?concept skos:broader/skos:notation ?branch ; skos:inScheme/rdfs:label ?scheme ; skos:notation ?notation ; rdfs:label ?en , ?zh
      FILTER(LANG(?en) = 'en' && LANG(?zh) = 'zh' && ?scheme = 'Functions of local bodies'@en)
    } ORDER BY ?branch ?notation"""
    lines = ["| branch | notation | in words | 中文 |", "|---|---|---|---|"]
    lines += [
        f"| {branch} | `{notation}` | {english} | {chinese} |"
        for branch, notation, english, chinese in ask(bundled(), query).strings()
    ]
    return "\n".join(lines)


def _short(iri: str) -> str:
    """Write an IRI as prefix:name; a scheme, whose IRI is that of its prefix without the slash, as prefix:… alone."""
    for prefix, namespace in PREFIXES.items():
        if iri == namespace.removesuffix("/"):
            return f"{prefix}:…"
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def competency() -> str:
    """Give the competency questions with the terms that their queries need now."""
    rows = []
    for asked in competency_questions():
        given = "; ".join(f"{name}={value}" for name, value in asked.parameters.items())
        portable, terms = "yes" if asked.portable else "no", " ".join(needed_terms(find(asked.query)))
        made = dataclasses.asdict(asked) | {"parameters": given, "portable": portable, "terms": terms}
        rows.append(tuple(made[column] for column in COLUMNS))
    return table(COLUMNS, rows)


def ontology_checks() -> str:
    """Give the page on the checks of the ontology, each with its source and result; the checks are a part of the tests."""
    tests = str(ROOT / "tests")
    if tests not in sys.path:
        sys.path.append(tests)
    from quality.page import page  # noqa: PLC0415  (found there)

    made: str = page()
    return made


def _results() -> dict[str, Callable[[], str]]:
    return {
        f"ontology/requirements/results/{asked.id}.csv": lambda asked=asked: answer(bundled(), asked)
        for asked in competency_questions()
    }


PAGES = {
    "docs/tables.md": tables,
    "docs/queries.md": queries,
    "docs/sparql.md": sparql,
    "docs/ontology-checks.md": ontology_checks,
    "ontology/requirements/competency-questions.csv": competency,
    **_results(),
    "docs/records.schema.json": schema,
    "docs/annotation.schema.json": annotation_schema,
    "README.md": lambda: readme("README.md"),
    "README.zh-CN.md": lambda: readme("README.zh-CN.md"),
}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (ROOT / name).write_text(page(), encoding="utf-8")
