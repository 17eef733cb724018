"""No personal name and no telephone number of the sources is in any output, found by patterns of the test's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import kg
from kg.build import Build

NAMES = (
    r"联\s*系\s*人\s*[:：]\s*([\u4e00-\u9fff]{2,4})",
    r"经\s*办\s*人\s*[:：]\s*([\u4e00-\u9fff]{2,4})",
    r"(?m)^\s*([\u4e00-\u9fff]{2,4})(?:代表|委员)\s*[:：]",
    r"已经\s*([\u4e00-\u9fff]{2,3}?)(?:副)?(?:局长|主任|书记|市长|区长|县长)审签",
)
NUMBERS = (
    r"电\s*话\s*[:：]\s*([\d－-]{7,})",
    r"(?<!\d)(1[3-9]\d{9})(?!\d)",
    r"(?<!\d)(0\d{2,3}[－-]\d{7,8})(?!\d)",
    r"([\w.]+@[\w.]+)",
)


def private(source: Path) -> set[str]:
    """Find what must not leave the reader in a document as it lies on the disk."""
    text = source.read_text(encoding="utf-8")
    return {match[1] for pattern in (*NAMES, *NUMBERS) for match in re.finditer(pattern, text)}


def outputs(built: Build) -> Iterator[tuple[str, str]]:
    """Give every file of a build, its store as text, and a page about each region and each function in it."""
    for path in sorted(built.folder.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(built.folder)), path.read_bytes().decode("utf-8", errors="replace")
    yield "the store", "\n".join(map(str, kg.open_store(built.folder / "store")))
    for center in sorted({plan.document.region for plan in built.plans if plan.document.region} | {"民政"}):
        yield f"the page on {center}", kg.view_page(built.plans, center=center, labels=kg.function_labels())


def leaks(built: Build, secrets: set[str]) -> list[tuple[str, str]]:
    return [(name, secret) for name, text in outputs(built) for secret in sorted(secrets) if secret in text]


def test_the_patterns_find_what_the_invented_documents_hold(fixtures: Path) -> None:
    assert private(fixtures / "plan.txt") == {"祁望舟", "0990-5551234"}
    letter = {"舒海澜", "闻人灯", "祁望舟", "0990-5556789", "13900001234", "dengta@example.org"}
    assert private(fixtures / "letter.txt") == letter


def test_no_output_of_the_invented_documents_names_a_person(fixtures: Path, tmp_path: Path) -> None:
    secrets = {secret for path in fixtures.glob("*.txt") for secret in private(path)}
    assert leaks(kg.build([fixtures], tmp_path / "out"), secrets) == []


def test_no_output_of_the_real_documents_names_a_person(corpus_build: Build, corpus: Path) -> None:
    secrets = {secret for path in corpus.glob("*.txt") for secret in private(path)}
    assert len(secrets) >= 3
    assert leaks(corpus_build, secrets) == []


def test_no_line_of_the_bundled_dataset_names_a_person(corpus: Path, tmp_path: Path) -> None:
    secrets = {secret for path in corpus.glob("*.txt") for secret in private(path)}
    assert leaks(kg.build(out=tmp_path / "out"), secrets) == []


def test_what_a_command_prints_names_no_person(run: Callable, fixtures: Path, tmp_path: Path) -> None:
    secrets = {secret for path in fixtures.glob("*.txt") for secret in private(path)}
    for arguments in (["build", "-o", tmp_path / "out"], ["extract"], ["rank", "--format", "csv"]):
        got = run(arguments[0], fixtures, *arguments[1:])
        assert got.code == 0
        assert [secret for secret in secrets if secret in got.out + got.err] == []


def test_a_word_that_came_through_would_be_found(fixtures: Path, tmp_path: Path) -> None:
    built = kg.build([fixtures], tmp_path / "out")
    found = {name for name, _ in leaks(built, {"守塔老人"})}
    assert {"graph.ttl", "graph.nq", "graph.jsonld", "tables/tasks.csv", "plans/雾民函-2031-12.yaml"} <= found
    assert {"the store", "the page on 民政", "the page on 贝壳区"} <= found
