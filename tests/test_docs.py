"""What the documents of the repository say is so: every command, option, table, column, question and figure."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

import kg
from kg.cli.commands import kg as command
from kg.tables import TABLES

pytestmark = pytest.mark.checkout

READMES = ("README.md", "README.zh-CN.md")
LARGEST_PAGE = 1_000_000
"""Bytes: a picture in the repository is no larger."""


def words(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def generate(checkout: Path) -> ModuleType:
    spec = spec_from_file_location("generate", checkout / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "page",
    [
        "docs/tables.md",
        "docs/queries.md",
        "docs/ontology-checks.md",
        "docs/records.schema.json",
        "docs/annotation.schema.json",
        "README.md",
        "README.zh-CN.md",
    ],
)
def test_a_page_that_is_made_from_the_code_is_current(page: str, generate: ModuleType, checkout: Path) -> None:
    assert set(generate.PAGES) >= {page}
    assert words(checkout / page) == generate.PAGES[page](), "run: make docs"


def test_every_command_and_option_is_described(checkout: Path) -> None:
    text = words(checkout / "docs" / "commands.md")
    sections = dict(re.findall(r"(?ms)^## kg (\w+)\n(.*?)(?=^## |\Z)", text))
    assert set(sections) == set(command.commands)
    for name, section in sections.items():
        described = set(re.findall(r"^\| .*$", section, re.MULTILINE))
        for parameter in command.commands[name].params:
            for option in parameter.opts if parameter.param_type_name == "option" else ():
                assert any(f"`{option}`" in row.split("|")[1] for row in described), f"kg {name} {option}"
    assert "`--version`" in text


def test_no_option_is_described_that_is_not_there(checkout: Path) -> None:
    known = {o for c in (command, *command.commands.values()) for p in c.params for o in p.opts} | {"--help", "-h"}
    known |= {f"--{parameter.name}" for question in kg.questions() for parameter in question.parameters}
    for page in ("docs/commands.md", *READMES):
        code = re.findall(r"`-[^`]*`|^    kg .*$", words(checkout / page), re.MULTILINE)
        assert len(code) > 5
        assert set(re.findall(r"(?<![\w-])--?[a-z][\w-]*", "\n".join(code))) <= known


def test_every_verb_of_the_package_is_described(checkout: Path) -> None:
    described = set(re.findall(r"`kg\.(\w+)`", words(checkout / "docs" / "commands.md")))
    assert set(kg.__all__) <= described


def test_every_table_and_column_is_described(checkout: Path) -> None:
    text = words(checkout / "docs" / "tables.md")
    for name, table in TABLES.items():
        section = text.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        assert re.findall(r"^\| `(\w+)` \| \S", section, re.MULTILINE) == list(table.columns)


def test_every_question_is_described_in_both_languages(checkout: Path) -> None:
    text = words(checkout / "docs" / "queries.md")
    for question in kg.questions():
        assert f"\n### {question.name}\n\n{question.question_en}\n\n{question.question_zh}\n" in text


@pytest.mark.parametrize("page", ["queries.md", "queries.zh-CN.md"])
def test_both_pages_of_questions_explain_every_part(page: str, checkout: Path) -> None:
    text = words(checkout / "docs" / page)
    for question in kg.questions():
        section = text.partition(f"\n### {question.name}\n")[2].partition("\n### ")[0]
        for part in (*question.parameters, *question.columns):
            assert f"| `{part.name}` |" in section
            assert (part.text_zh if "zh" in page else part.text) in section
        assert f"`kg query {question.name}" in section


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_counts_the_questions(readme: str, checkout: Path) -> None:
    assert re.findall(r"(\d+) (?:questions that have a name|个现成问题)", words(checkout / readme)) == [
        str(len(kg.questions()))
    ]


def test_every_dependency_is_described(checkout: Path) -> None:
    project = tomllib.loads(words(checkout / "pyproject.toml"))
    optional = project["project"].get("optional-dependencies", {})
    needed = [*project["project"]["dependencies"], *(name for extra in optional.values() for name in extra)]
    names = {re.split(r"[<>=\[; ]", requirement)[0] for requirement in needed}
    assert (
        set(re.findall(r"^\| ([\w-]+) \|", words(checkout / "docs" / "dependencies.md"), re.MULTILINE))
        - {"package", "what"}
        == names
    )


def test_every_target_of_make_is_described(checkout: Path) -> None:
    targets = words(checkout / "Makefile").partition(".PHONY: all ")[2].partition("\n")[0].split()
    described = re.findall(r"^\| `make (\S+)` \|", words(checkout / "docs" / "commands.md"), re.MULTILINE)
    assert sorted(described) == sorted(targets)
    assert re.findall(r"^# make (\S+)  ", words(checkout / "Makefile"), re.MULTILINE) == described


@pytest.mark.parametrize("readme", READMES)
def test_every_command_of_the_readme_runs(
    readme: str, run: Callable, checkout: Path, fixtures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(fixtures, tmp_path / "plans")
    kg.build()
    commands = [line.split()[1:] for line in re.findall(r"^    (kg .*)$", words(checkout / readme), re.MULTILINE)]
    assert len(commands) == 10
    for arguments in commands:
        got = run(*arguments)
        assert (got.code, arguments) == (0, arguments), got.err
        assert got.out


def test_both_readmes_show_the_same_commands(checkout: Path) -> None:
    shown = [re.findall(r"^    ((?:kg|make)\b[^#\n]*)", words(checkout / readme), re.MULTILINE) for readme in READMES]
    same = [[line.strip().replace("--language zh", "--language en") for line in lines] for lines in shown]
    assert same[0] == same[1]
    assert same[0][:2] == ["make", "make test"]


@pytest.mark.parametrize(
    "page",
    [
        *READMES,
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "docs/commands.md",
        "docs/dependencies.md",
        "docs/glossary.md",
        "docs/scoring.md",
        "docs/review.md",
        "docs/stores.md",
        "docs/serve.md",
        "docs/sparql.md",
    ],
)
def test_every_link_leads_to_a_file(page: str, checkout: Path) -> None:
    path = checkout / page
    for link in re.findall(r"\]\(([^)]+)\)", words(path)):
        assert link.startswith("https://") or (path.parent / link).is_file(), link
    for place in re.findall(r"`((?:kg|docs|tests|ontology|data|queries)/[\w./-]+)`", words(path)):
        assert "NAME" in place or (checkout / place).exists(), place


def test_the_picture_is_a_picture(checkout: Path) -> None:
    picture = (checkout / "docs" / "view.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < LARGEST_PAGE


def test_the_lock_names_no_place_of_a_machine(checkout: Path) -> None:
    lock = words(checkout / "requirements.lock")
    assert re.search(r"https?:|file:|--index|--find-links|/\w+/", lock.replace(" # via", "")) is None
    pinned = dict(re.findall(r"^([\w.-]+)==(\S+)", lock, re.MULTILINE))
    project = tomllib.loads(words(checkout / "pyproject.toml"))
    needed = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    assert {re.split(r"[<>=\[; ]", name)[0].lower() for name in needed} <= set(pinned)
    assert lock.count("--hash=sha256:") >= len(pinned)


def test_the_version_is_the_same_everywhere(checkout: Path) -> None:
    version = tomllib.loads(words(checkout / "pyproject.toml"))["project"]["version"]
    assert f"\nversion: {version}\n" in words(checkout / "CITATION.cff")


def test_the_benchmark_prints_each_rate_and_the_ratio(checkout: Path, fixtures: Path) -> None:
    script = [sys.executable, str(checkout / "benchmarks" / "extract.py"), str(fixtures), "--seconds", "0"]
    first, *measured, last = subprocess.run(script, capture_output=True, text=True, check=True).stdout.splitlines()
    assert first.startswith("2 documents of ")
    reading, extracting, both, matching = (float(line.split(" documents/s")[1].split()[0]) for line in measured)
    assert reading > 0
    assert both == pytest.approx(reading + extracting, abs=0.02)
    assert float(last.split()[-1]) == pytest.approx(extracting / matching, rel=0.05)
