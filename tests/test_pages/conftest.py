"""An invented archipelago: plans of any size in which 灯塔局 has a part in every task."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest

from kg.pages import write_page
from kg.records import (
    Basis,
    Deadline,
    DocumentInfo,
    DocumentKind,
    Evidence,
    Indicator,
    IndicatorValue,
    Organization,
    OrganizationKind,
    Plan,
    Precision,
    Project,
    Region,
    RegionLevel,
    Responsibility,
    Role,
    Task,
    ValueKind,
)

CITY = Region(code="990100", name="群岛市", level=RegionLevel.PREFECTURE)
WORKS = (
    "灯塔巡检",
    "渔网修补",
    "贝壳博物馆夜间开放",
    "潮汐预警站点建设",
    "渔港垃圾分类与海漂物清理",
    "螺号广播覆盖村组",
)
BODIES = ("渔网局", "潮汐局", "码头局", "海草局", "盐田局", "螺号台", "渡船公司", "规划与岸线管理局", "珊瑚研究所")
WHENS = ("2033", None, "every-year", "2032-06", "ongoing")
FUNCTIONS = {"灯塔局": "lighthouses", "渔网局": "nets"}


@dataclass(frozen=True)
class Island:
    """What a sample plan is made of; `words` False leaves out titles, clauses and quotes, as in the bundled dataset."""

    tasks: int
    region: str = "贝壳区"
    code: str = "990101"
    document: str = "beike-2031"
    bodies: int = len(BODIES)
    indicators: int = 3
    projects: int = 0
    words: bool = True
    resolved: bool = True


def plan_of(island: Island) -> Plan:
    names = ("灯塔局", *BODIES[: island.bodies])

    def at(number: int, text: str) -> Evidence:
        return Evidence(start=100 * number, end=100 * number + len(text), quote=text if island.words else None)

    def duty(number: int, name: str, role: Role) -> Responsibility:
        return Responsibility(
            id=f"r{number}-{name}-{role}",
            department=f"区{name}",
            role=role,
            basis=Basis.CLAUSE,
            evidence=at(number, f"区{name}"),
            organization=f"{island.code}-{name}" if island.resolved else None,
        )

    def task(number: int) -> Task:
        roles = tuple(Role)
        others = islice(cycle(names[1:]), number, number + number % 4) if island.bodies else ()
        duties = [duty(number, "灯塔局", roles[number % 3])]
        duties += [duty(number, name, roles[(number + step) % 4]) for step, name in enumerate(dict.fromkeys(others))]
        when = WHENS[number % len(WHENS)]
        deadlines = (Deadline(id="d", when=when, precision=Precision.NONE, evidence=at(number, "按时完成")),)
        clause = f"(区灯塔局等{len(duties)}家按第{number}号令分工)"
        title = f"{WORKS[number % len(WORKS)]}{number}号"
        return Task(
            id=f"t{number}",
            number=f"二/({'一二三四五'[number % 5]})/{number + 1}",
            section=("二、岛上的事",),
            evidence=at(number, f"{title}。逐季报告进度。{clause}"),
            title=title if island.words else None,
            clause=at(number, clause) if island.words else None,
            open=number == 0,
            responsibilities=tuple(duties),
            deadlines=deadlines if when else (),
        )

    def indicator(number: int) -> Indicator:
        values = (
            IndicatorValue(id="b", period="baseline", kind=ValueKind.BASELINE, text="81", evidence=at(number, "81")),
            IndicatorValue(id="t", period="2033", kind=ValueKind.TARGET, text="≥95", evidence=at(number, "≥95")),
        )
        return Indicator(
            id=f"i{number}",
            number=str(number + 1),
            name=f"亮灯率之{number + 1}",
            unit="%",
            attribute="约束性",
            evidence=at(number, "亮灯率"),
            values=values,
            responsibilities=(duty(number, "灯塔局", Role.RESPONSIBLE),),
        )

    def project(number: int) -> Project:
        return Project(
            id=f"p{number}",
            list="新塔清单",
            number=str(number + 1),
            name=f"月牙礁新塔{number + 1}号",
            start="2031",
            end="2033",
            evidence=at(number, "新塔"),
            responsibilities=(duty(number, "灯塔局", Role.LEAD),),
        )

    organizations = tuple(
        Organization(
            id=f"{island.code}-{name}",
            label=f"{island.region}{name}",
            kind=OrganizationKind.DEPARTMENT,
            names=(f"区{name}",),
            region_code=island.code,
            function=FUNCTIONS.get(name),
        )
        for name in names
    )
    region = Region(code=island.code, name=island.region, level=RegionLevel.COUNTY, parent=CITY.code)
    return Plan(
        document=DocumentInfo(
            id=island.document,
            file=f"{island.document}.txt",
            sha256="0" * 64,
            title=f"{island.region}一岛一灯行动方案",
            kind=DocumentKind.PLAN,
            number="贝府发〔2031〕7号",
            region=island.region,
            region_code=island.code if island.resolved else None,
            date_issued=date(2031, 3, 1),
        ),
        extractor="by hand",
        tasks=tuple(map(task, range(island.tasks))),
        indicators=tuple(map(indicator, range(island.indicators))),
        projects=tuple(map(project, range(island.projects))),
        organizations=organizations if island.resolved else (),
        regions=(CITY, region) if island.resolved else (),
    )


@pytest.fixture
def make() -> Callable[..., Plan]:
    """Give the maker of sample plans; its options are those of `Island`."""

    def make_plan(tasks: int, **options: object) -> Plan:
        return plan_of(Island(tasks, **options))  # type: ignore[arg-type]

    return make_plan


@pytest.fixture
def two_islands(make: Callable[..., Plan]) -> list[Plan]:
    """Give plans of two districts of one city."""
    return [make(12), make(8, region="螺贝县", code="990102", document="luobei-2031")]


@pytest.fixture
def labels() -> dict[str, dict[str, str]]:
    """Give labels of functions."""
    return {"lighthouses": {"zh": "灯塔", "en": "Lighthouses"}, "nets": {"zh": "渔网", "en": "Fishing nets"}}


CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
WATCH = "<script>window.faults = []; addEventListener('error', (event) => faults.push(event.message));</script>"
REPORT = """<script>
setTimeout(() => {
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const input = (element) => element.dispatchEvent(new Event("input", { bubbles: true }));
  const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  const report = (() => { STEPS })();
  const asked = performance.getEntriesByType("resource").map((entry) => entry.name);
  const { ready } = document.documentElement.dataset;
  document.body.dataset.report = JSON.stringify({ report, asked, faults, ready });
}, 900);
</script>"""


class Body(HTMLParser):
    """Reads what a page reports of itself."""

    report: str | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self.report = dict(attributes).get("data-report")


@pytest.fixture
def browse(tmp_path: Path) -> Callable[..., Any]:
    """Open a page in a window of a size, run steps in it, return what they return; fail where it throws or asks for anything."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium: apt-get install chromium")

    def run_steps(html: str, steps: str, size: str) -> Any:
        at = html.rindex("</body>")
        watched = html.replace("<body>", f"<body>{WATCH}", 1)
        at += len(WATCH)
        page = write_page(tmp_path / "page.html", watched[:at] + REPORT.replace("STEPS", steps) + watched[at:])
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--virtual-time-budget=5000"]
        command = [CHROMIUM, *flags, f"--window-size={size}", f"--user-data-dir={tmp_path / 'home'}"]
        dom = subprocess.run(
            [*command, "--dump-dom", page.as_uri()], capture_output=True, timeout=120, check=True
        ).stdout.decode()
        body = Body()
        body.feed(dom)
        assert body.report, "the page did not come to its report"
        answer = json.loads(body.report)
        assert (answer["faults"], answer["asked"], answer["ready"]) == ([], [], "true")
        return answer["report"]

    return run_steps
