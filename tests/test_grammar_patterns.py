"""Every pattern of every module finds its examples and rejects its counter-examples."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import pytest

import kg
from kg.grammar.pattern import Pattern


def all_patterns() -> dict[str, Pattern]:
    """Give the patterns of all modules by the place of their definition."""
    found: dict[int, tuple[str, Pattern]] = {}
    for module in pkgutil.walk_packages(kg.__path__, "kg."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(import_module(module.name)).items():
            if isinstance(value, Pattern):
                found.setdefault(id(value), (f"{module.name}.{name}", value))
    return dict(sorted(found.values(), key=lambda item: item[0]))


PATTERNS = all_patterns()


def test_the_patterns_of_all_rooms_are_found() -> None:
    assert len(PATTERNS) >= 60
    rooms = {place.split(".")[1] for place in PATTERNS}
    assert {"extract", "grammar", "resolve"} <= rooms


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS.keys())
def test_a_pattern_has_a_name_and_three_examples(pattern: Pattern) -> None:
    assert pattern.name
    assert len(set(pattern.matches)) == 2
    assert pattern.rejects


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS.keys())
def test_a_pattern_finds_what_it_must_and_nothing_of_what_it_must_not(pattern: Pattern) -> None:
    find = pattern.fits if pattern.whole else pattern.first
    assert [text for text in pattern.matches if not find(text)] == []
    assert [text for text in pattern.rejects if find(text)] == []


def test_no_two_patterns_of_a_module_share_a_name() -> None:
    names = [(place.rpartition(".")[0], pattern.name) for place, pattern in PATTERNS.items()]
    assert len(names) == len(set(names))
