"""Write what the code itself tells: tables, questions and their answers, the model of the graph, schemas, and what the README shows."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Store

import kg
from kg.asking import ask
from kg.asking.example import example
from kg.cli import show
from kg.cli.questions import command
from kg.codebook import TABLE_NAMES, columns_of
from kg.competency import COLUMNS, answer, competency_questions, needed_terms, table
from kg.questions import TOPICS, Column, Parameter, Question, checks, find, questions
from kg.records_file import schema
from kg.score.annotation import schema as annotation_schema
from kg.store import load, open_store
from kg.tables import TABLES
from kg.vocabulary import CLASSES, PREFIXES, PROPERTIES

ROOT = Path(__file__).resolve().parents[1]
MADE = "<!-- Made from the code by `make docs`; change it there. -->"


def tables() -> str:
    """Give the page on the tables: every column of each, with what it holds."""
    head = (
        "# Tables",
        "`kg tables` and every build write these as CSV: UTF-8, a header row, one fact a row, sorted by document and, within it, by place. "
        "`kg tables --format parquet` gives them as Parquet and `-o FILE.xlsx` as one Excel workbook, with types and with this codebook as its first sheet. "
        "A build writes the Parquet files too where duckdb is installed; those whose names begin with `_` hold the graph by row numbers for `kg query` and may change. "
        "Decimals have 18 places in Parquet, as in the store. "
        "Names and columns are a public interface: they stay, and more columns may follow. `start` and `end` are offsets in the "
        "normalised text of the document (`kg.read(path).text[start:end]`); an empty cell means that the document does not say.",
    )
    parts = [
        f"## {name}\n\n{TABLE_NAMES[name]}\n\n| column | type | what it holds | 说明 |\n|---|---|---|---|\n{_columns(name)}"
        for name in TABLES
    ]
    return _page(*head, *parts)


def queries() -> str:
    """Give the page on the questions that have a name."""
    head = (
        "# Questions",
        "`kg query NAME` answers these from the store of a build: `kg query who-answers-for --department 民政 --region 万州`. Each "
        "parameter is an option, or `--param KEY=VALUE`; one with a default may be left out, and `any` leaves it open. Bodies, "
        "functions, regions and documents are taken as people write them (民政局, 万州, 重庆市万州区民政局, 500101); a name that can "
        "mean several is answered with the choices. `kg questions WORDS` finds questions by words in Chinese or English.",
        "Each question is a file of `queries/`, plain SPARQL 1.1 that runs on any endpoint; [sparql.md](sparql.md) tells what the graph "
        "holds and how to write a query of your own. `--evidence` shows with each row where the text says it, for the questions that say "
        "so below. `kg questions --format ttl` gives all of them as SHACL SPARQL examples. 中文版：[queries.zh-CN.md](queries.zh-CN.md).",
        "The example answers are the first rows of the answer on the bundled dataset. "
        "[Competency questions](#competency-questions), at the end, are the questions that the ontology must answer, each with its stored answer.",
        _contents("en"),
    )
    tests = "\n".join(f"- `{check.name}`: {check.question_en}" for check in checks())
    return _page(
        *head,
        *_topics("en"),
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


def queries_zh() -> str:
    """Give the page on the questions in Chinese."""
    return _page(
        "# 问题库",
        "`kg query 名称` 在已构建的图谱中回答下列问题，例如 `kg query who-answers-for --department 民政 --region 万州`。每个参数都是一个选项，"
        "也可写作 `--param 名称=值`；有默认值的可以省略，`any` 表示不限。机构、职能、地区和文件按习惯写法即可（民政局、万州、重庆市万州区民政局、500101）；"
        "有多种可能时，命令会列出可选项。`kg questions 词语` 可用中文或英文查找问题。",
        "每个问题是 `queries/` 中的一个文件，均为标准 SPARQL 1.1，可在任何端点上运行。标明“可显示原文”的问题加上 `--evidence`，"
        "每行后会给出原文出处。`kg questions --format ttl` 以 SHACL SPARQL 示例的形式导出全部问题。示例答案取自内置数据集答案的前几行。"
        "English: [queries.md](queries.md)。",
        _contents("zh"),
        *_topics("zh"),
    )


_WORDS = {
    "en": (
        "parameter",
        "type",
        "default",
        "meaning",
        "required",
        "column",
        "what it holds",
        "Shows its evidence.",
        "Example",
    ),
    "zh": ("参数", "类型", "默认值", "含义", "必填", "列", "内容", "可显示原文（`--evidence`）。", "示例"),
}


def _contents(language: str) -> str:
    """List the questions of each topic in the words of one language."""
    lines = []
    for topic in TOPICS:
        lines.append(f"- {_name(topic, language)}")
        own = [question for question in questions() if question.topic == topic]
        lines += [f"  - [{q.question_en if language == 'en' else q.question_zh}](#{q.name})" for q in own]
    return "\n".join(lines)


def _name(topic: str, language: str) -> str:
    return TOPICS[topic][0 if language == "en" else 1]


def _topics(language: str) -> list[str]:
    parts: list[str] = []
    for topic in TOPICS:
        parts.append(f"## {_name(topic, language)}")
        parts += [_question(question, language) for question in questions() if question.topic == topic]
    return parts


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


def _question(question: Question, language: str) -> str:
    parameter, kind, default, meaning, required, column, holds, shows, example_of = _WORDS[language]
    asked = [question.question_en, "", question.question_zh] if language == "en" else [question.question_zh]
    lines = [f"### {question.name}", "", *asked]
    if question.facts:
        lines += ["", shows]
    if question.parameters:
        lines += ["", f"| {parameter} | {kind} | {default} | {meaning} |", "|---|---|---|---|"]
        lines += [
            f"| `{p.name}` | {p.type} | {p.default or required} | {_text(p, language)} |" for p in question.parameters
        ]
    lines += ["", f"| {column} | {holds} |", "|---|---|"]
    lines += [f"| `{c.name}` | {_text(c, language)} |" for c in question.columns]
    answered = list(csv.reader(io.StringIO(_example(question.name))))
    lines += ["", f"{example_of}: `{command(question)}`", ""]
    lines += [_row(answered[0]), "|---" * len(answered[0]) + "|", *map(_row, answered[1:])]
    return "\n".join(lines)


def _text(part: Parameter | Column, language: str) -> str:
    return part.text if language == "en" else part.text_zh


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


@cache
def _example(name: str) -> str:
    return example(bundled(), find(name))


def _columns(name: str) -> str:
    return "\n".join(f"| `{info.column}` | {info.kind} | {info.en} | {info.zh} |" for info in columns_of(name))


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
    return _ANSWERED.sub(_answered, text)


_ANSWERED = re.compile(r"(?s)(```sparql\n((?:(?!```).)*)```\n\n<!-- answer -->\n).*?(?=<!-- /answer -->)")
_SHOWN = 3


def _answered(match: re.Match[str]) -> str:
    """Put the first rows of its answer on the bundled dataset below a query."""
    found = ask(bundled(), match[2])
    rows = found.strings()
    head = f"{_row(list(found.columns))}\n{'|---' * len(found.columns)}|"
    left = [f"\n{_SHOWN} of {len(rows)} rows."] if len(rows) > _SHOWN else []
    return match[1] + "\n".join([head, *(_row(list(row)) for row in rows[:_SHOWN]), *left]) + "\n"


def _between(text: str, mark: str, made: str) -> str:
    return re.sub(rf"(?s)(?<=<!-- {mark} -->\n).*?(?=<!-- /{mark} -->)", lambda _: f"{made}\n", text)


def _prefixes() -> str:
    return "\n".join(["```sparql", *(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items()), "```"])


_MODEL = """
SELECT ?class ?property ?value (COUNT(?node) AS ?times)
WHERE {
  GRAPH ?graph { ?node a ?class }
  ?node ?property ?object .
  FILTER((!STRENDS(STR(?graph), "/vocabulary") || ?class IN (resp:Reform, resp:FormerBody)) && ?property != rdf:type)
  OPTIONAL { ?object a ?type FILTER(?type != skos:Concept) }
  OPTIONAL { ?object skos:inScheme ?scheme }
  BIND(COALESCE(?scheme, ?type, IF(LANG(?object) != "", rdf:langString, DATATYPE(?object))) AS ?value)
}
GROUP BY ?class ?property ?value
ORDER BY ?class ?property ?value
"""
_COUNT = """
SELECT ?class ?property (COUNT(DISTINCT ?node) AS ?nodes)
WHERE {
  GRAPH ?graph { ?node a ?class } ?node ?property ?object
  FILTER(!STRENDS(STR(?graph), "/vocabulary") || ?class IN (resp:Reform, resp:FormerBody))
}
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
    "skos:hiddenLabel": "Another form of a name, by which bodies are found.",
    "skos:notation": "A plain code.",
}


@cache
def _examples() -> Store:
    """Give the good examples of the ontology, which use every class and property of the data, beside the vocabulary."""
    store = open_store()
    load(store, [])
    for path in sorted((ROOT / "ontology/examples/good").glob("*.ttl")):
        store.load(path=str(path), format=RdfFormat.TURTLE, to_graph=NamedNode("http://reef.example/examples"))
    return store


def _found(store: Store) -> dict[str, dict[str, list[str]]]:
    """Give of each class its properties, and of each of these what its values are."""
    found: dict[str, dict[str, list[str]]] = {}
    for name, link, value, _ in ask(store, _MODEL).strings():
        found.setdefault(_short(name), {}).setdefault(_short(link), []).append(_short(value))
    return found


def _model() -> str:
    """Tell of each class its properties, what their values are and how many members have them, in the bundled dataset."""
    counts = {(_short(name), _short(link)): int(nodes) for name, link, nodes in ask(bundled(), _COUNT).strings()}
    found, more = _found(bundled()), _found(_examples())
    parts = []
    for name in sorted({*found, *(set(more) & set(CLASSES))} - set(_SECOND_TYPES)):
        nodes = counts.get((name, "rdf:type"), 0)
        known = {link: values for link, values in more.get(name, {}).items() if link in PROPERTIES} | found.get(
            name, {}
        )
        told = (link for link in sorted(known) if link.startswith("resp:") or link in _TERMS_OF_OTHERS)
        rows = [_property(link, known[link], counts.get((name, link), 0), nodes) for link in told]
        head = "| property | value | on how many | meaning |\n|---|---|---|---|"
        where = "beside the codes" if name in ("resp:Reform", "resp:FormerBody") else "in the bundled dataset"
        parts += [f"### {name}", f"{_said(name)}{nodes} {where}.", "\n".join([head, *rows])]
    return "\n\n".join(parts)


def _property(link: str, values: list[str], having: int, nodes: int) -> str:
    kinds = ", ".join(f"`{value}`" for value in values if value not in _SECOND_TYPES)
    meaning = _TERMS_OF_OTHERS[link] if link in _TERMS_OF_OTHERS else _said(link).strip()
    return f"| `{link}` | {kinds} | {'all' if having == nodes and nodes else having} | {meaning} |"


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
    **{f"data/answers/{question.name}.csv": lambda name=question.name: _example(name) for question in questions()},
    "docs/queries.md": queries,
    "docs/queries.zh-CN.md": queries_zh,
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
