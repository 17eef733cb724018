"""Invent plans of any number, as records: districts, bodies, tasks, indicators and money drawn from a seed, about 2,400 triples each.

They are for measures of size. The plans of `tests/generated` are for measures of reading, and hold less than half as much.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import kg
from kg.records import (
    Basis,
    Citation,
    CitationRelation,
    Commitment,
    Comparator,
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

__all__ = ["invented"]

TASKS, INDICATORS, COMMITMENTS, PROJECTS, CITATIONS, BODIES = 20, 5, 6, 2, 3, 18
DISTRICTS = 200
ROLES = (Role.LEAD, Role.SUPPORT, Role.SUPPORT, Role.RESPONSIBLE, Role.IMPLEMENT)
NOUNS = ("灯塔", "码头", "渔网", "雾笛", "航标", "堤岸", "贝壳", "盐场", "风车", "船坞")
VERBS = ("修缮", "新建", "巡查", "登记", "公布", "清点", "养护", "改造")


def invented(number: int, *, seed: int = 1) -> Iterator[Plan]:
    """Yield plans, the same for the same seed; every fifth repeats a district, so that regions have several."""
    functions = sorted((notation, words["zh"]) for notation, words in kg.function_labels().items())
    for at in range(number):
        yield _Drawing(random.Random(f"{seed}/{at}"), at, functions).plan()  # noqa: S311  (no secret)


class _Drawing:
    """One plan in the making."""

    def __init__(self, chance: random.Random, at: int, functions: list[tuple[str, str]]) -> None:
        self.chance, self.at = chance, at
        self.id = f"贝政发-2031-{at + 1}"
        district = at % DISTRICTS
        self.region = Region(
            code=f"9{district:05}", name=f"贝壳{district}区", level=RegionLevel.COUNTY, parent=f"8{district % 9:05}"
        )
        self.above = Region(code=f"8{district % 9:05}", name=f"海雾{district % 9}市", level=RegionLevel.PREFECTURE)
        self.bodies = [self._body(*function) for function in chance.sample(functions, BODIES)]
        self.place = 0

    def plan(self) -> Plan:
        info = DocumentInfo(
            id=self.id, file=f"{self.id}.txt", sha256=f"{self.at:064x}", title=f"{self.region.name}{self.at + 1}号方案",
            kind=DocumentKind.PLAN, number=f"贝政发〔2031〕{self.at + 1}号", issuer=f"{self.region.name}人民政府",
            region=self.region.name, region_code=self.region.code, parent_region=self.above.name,
            date_issued=date(2031, 1 + self.at % 12, 1 + self.at % 28),
        )  # fmt: skip
        tasks = tuple(self._task(order) for order in range(1, TASKS + 1))
        return Plan(
            document=info, extractor="invented 1", tasks=tasks, organizations=tuple(self.bodies),
            regions=(self.region, self.above),
            indicators=tuple(self._indicator(order) for order in range(1, INDICATORS + 1)),
            commitments=tuple(self._commitment(order, tasks) for order in range(1, COMMITMENTS + 1)),
            projects=tuple(self._project(order) for order in range(1, PROJECTS + 1)),
            citations=tuple(self._citation(order) for order in range(1, CITATIONS + 1)),
        )  # fmt: skip

    def _evidence(self, quote: str) -> Evidence:
        self.place += len(quote)
        return Evidence(start=self.place - len(quote), end=self.place, quote=quote)

    def _body(self, function: str, name: str) -> Organization:
        written = f"区{name}局"
        label = f"{self.region.name}{name}局"
        collective = function.startswith("s") and self.chance.random() < 0.1
        return Organization(
            id=label, label=label, kind=OrganizationKind.COLLECTIVE if collective else OrganizationKind.DEPARTMENT,
            names=(written, name), region_code=self.region.code, function=function,
        )  # fmt: skip

    def _duties(self, of: str, most: int, basis: Basis) -> tuple[Responsibility, ...]:
        bodies = self.chance.sample(self.bodies, self.chance.randint(0, most))
        return tuple(
            Responsibility(
                id=f"{of}_r{at}", department=self.chance.choice(body.names), role=ROLES[min(at, 4)] if at else
                self.chance.choice(ROLES[:4:3]), basis=basis, evidence=self._evidence(body.names[0]), organization=body.id,
            )
            for at, body in enumerate(bodies)
        )  # fmt: skip

    def _words(self) -> str:
        return self.chance.choice(VERBS) + self.chance.choice(NOUNS) + str(self.chance.randint(1, 400))

    def _task(self, order: int) -> Task:
        of = f"{self.id}_{order}"
        year = self.chance.randint(2031, 2036)
        deadline = Deadline(
            id=f"{of}_d1", when=str(year), precision=Precision.YEAR, evidence=self._evidence(f"到{year}年"),
            earliest=date(year, 1, 1), latest=date(year, 12, 31),
        )  # fmt: skip
        return Task(
            id=of, number=f"一/{order}", section=("重点任务", f"第{order // 8}节"), title=self._words(),
            evidence=self._evidence("修好灯塔并且每日点亮" * 3), clause=self._evidence("牵头单位"),
            open=self.chance.random() < 0.1, responsibilities=self._duties(of, 5, Basis.CLAUSE),
            deadlines=(deadline,) if self.chance.random() < 0.5 else (),
        )  # fmt: skip

    def _indicator(self, order: int) -> Indicator:
        of = f"{self.id}_i{order}"
        baseline = Decimal(self.chance.randint(0, 500)) / 4
        figures = (("baseline", ValueKind.BASELINE, baseline), ("2035", ValueKind.TARGET, baseline + order))
        return Indicator(
            id=of, number=str(order), name=f"{NOUNS[order - 1]}完好率", evidence=self._evidence("完好率"), unit="%",
            group="设施" if order % 2 else None, attribute=("约束性", "预期性", None)[order % 3],
            values=tuple(
                IndicatorValue(
                    id=f"{of}_{period}", period=period, kind=kind, text=f"{value}", value=value,
                    comparator=Comparator.AT_LEAST, evidence=self._evidence(f"{value}"),
                )
                for period, kind, value in figures
            ),
            responsibilities=self._duties(of, 1, Basis.TABLE),
        )  # fmt: skip

    def _commitment(self, order: int, tasks: tuple[Task, ...]) -> Commitment:
        return Commitment(
            id=f"{self.id}_c{order}", metric=self.chance.choice(NOUNS), value=Decimal(self.chance.randint(1, 900)),
            comparator=self.chance.choice((Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.EQUAL)), unit="座",
            by=str(self.chance.randint(2031, 2036)) if order % 3 else None, task=self.chance.choice(tasks).id,
            evidence=self._evidence("修好灯塔三十座"), section=("重点任务",),
        )  # fmt: skip

    def _project(self, order: int) -> Project:
        of = f"{self.id}_p{order}"
        return Project(
            id=of, list="重大项目", number=str(order), name=self._words(), evidence=self._evidence("项目"), start="2031",
            end=str(2031 + order), place=self.region.name, investment_wan=Decimal(self.chance.randint(1, 9999)) / 2,
            central_wan=Decimal(order * 10) if order % 2 else None, responsibilities=self._duties(of, 2, Basis.TABLE),
        )  # fmt: skip

    def _citation(self, order: int) -> Citation:
        act = self.chance.randint(1, 900)
        return Citation(
            id=f"{self.id}_k{order}", title=f"灯塔条例之{act}", number=f"雾政发〔2030〕{act}号" if act % 2 else None,
            relation=self.chance.choice((CitationRelation.BASIS, CitationRelation.MENTION)),
            evidence=self._evidence("灯塔条例"),
        )  # fmt: skip
