"""How sure a record is, as a probability: of records at 0.9, nine in ten are right in every field.

A rule's own confidence is what its author thought. Here it becomes what was found on annotated papers: a logistic
model for each part of a record that goes right or wrong by itself (a decision without its limbs; a limb's action; a
figure's measure; the rest of a figure), over marks of the record such as its rule, multiplied. `confidence.json`,
beside this file, is its weights, which `make train` fits from the corpus; `evaluation/calibration.md` shows whether
they hold on councils that they were not fitted on. Sorts of records that no gold annotates keep their rule's own.
"""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.records import AgendaItem, BudgetFigure, Option, Record, Resolution, ResolutionClause

WEIGHTS = Path(__file__).with_name("confidence.json")
SURE = 0.9
"""From here on a record may be used without looking."""
UNSURE = 0.7
"""A rule that itself is less sure than this is never made sure by our own papers, which are few."""
FILLING = re.compile(r"^(?:\W|\d|(?:that|to|the|and|[ivx]+|[a-z])\b)+", re.IGNORECASE)
SETTLED = re.compile(r"\b(?:be|was|were|is|are)\s+(?:\w+ly\s+)?(\w+)", re.IGNORECASE)
WORD = re.compile(r"[a-z]+")
LARGE = re.compile("[mkb]|illion")

Marks = list[str]


@dataclass(frozen=True)
class Model:
    """A logistic model over marks, each of which a record has or has not."""

    intercept: float
    weights: Mapping[str, float]

    def probability(self, marks: Marks) -> float:
        """The chance that what has these marks is right."""
        score = self.intercept + sum(self.weights.get(mark, 0.0) for mark in marks)
        return 1 / (1 + math.exp(-score))


@dataclass(frozen=True)
class Calibration:
    """The models by part, and for each sort of record the product from which on it is sure."""

    models: Mapping[str, Model]
    sure_from: Mapping[str, float]

    def confidence(self, sort: str, product: float, own: float) -> float:
        """The confidence of a record whose parts' chances multiply to `product`, and whose rule gave it `own`."""
        value = straightened(product, self.sure_from[sort])
        return round(min(value, SURE - 0.01) if own < UNSURE else value, 3)


def straightened(product: float, sure_from: float) -> float:
    """`product`, drawn out so that `sure_from` becomes SURE; 0 stays 0 and 1 stays 1."""
    if product < sure_from:
        return product * SURE / sure_from
    return SURE + (product - sure_from) * (1 - SURE) / (1 - sure_from) if sure_from < 1 else SURE


@lru_cache(maxsize=1)
def calibration() -> Calibration:
    """The calibration that is shipped."""
    loaded = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    models = {name: Model(one["intercept"], one["weights"]) for name, one in loaded["models"].items()}
    return Calibration(models, loaded["sure_from"])


@dataclass(frozen=True)
class Paper:
    """What a document tells of its records: its kind; whether it names movers, and tells votes, of some decision, so
    that it may be an oversight where another has none."""

    kind: str
    movers: bool
    votes: bool

    @classmethod
    def of(cls, kind: str, decisions: Iterable[Resolution]) -> Paper:
        """The paper of that kind with these decisions."""
        listed = list(decisions)
        return cls(kind, any(one.mover for one in listed), any(_voted(one) for one in listed))


def _voted(one: Resolution) -> bool:
    return one.vote_for is not None or bool(one.unanimous)


def calibrate(records: Iterable[Record], kind: str) -> None:
    """Give every record that gold can judge its confidence; `kind` is that of their document."""
    known = calibration()
    listed = list(records)
    paper = Paper.of(kind, (record for record in listed if isinstance(record, Resolution)))
    limbs: dict[str, list[ResolutionClause]] = defaultdict(list)
    for record in listed:
        if isinstance(record, ResolutionClause):
            limbs[record.resolution_id].append(record)
    judged = {table: (sort, parts_of) for sort, table, parts_of in SORTS}
    alike: dict[tuple[object, ...] | None, float] = {}
    for record in listed:
        if type(record) not in judged:
            continue
        sort, parts_of = judged[type(record)]
        look = figure_look(record) if isinstance(record, BudgetFigure) else None
        if look is None or look not in alike:
            own = record.confidence  # type: ignore[attr-defined]
            chances = [known.models[part].probability(marks) for part, marks in parts_of(record, paper, limbs)]
            alike[look] = known.confidence(sort, math.prod(chances), own)
        record.confidence = alike[look]  # type: ignore[attr-defined]
    for clauses in limbs.values():
        for limb in clauses:
            limb.confidence = round(known.models["limb"].probability(limb_marks(limb)), 3)


def step(number: float, edges: Iterable[float]) -> str:
    """The first edge that is not below the number, in words."""
    return next((f"<={edge}" for edge in edges if number <= edge), "more")


def item_marks(item: AgendaItem, paper: Paper) -> Marks:
    """What tells whether an agenda item is one."""
    return [f"rule {item.rule}", f"paper {paper.kind}", f"own {step(item.confidence, (0.5, 0.7, 0.9, 0.95))}",
            f"numbered {item.number is not None}", f"length {step(len(item.title), (5, 20, 60, 120))}"]


def decision_marks(one: Resolution, limbs: list[ResolutionClause], paper: Paper) -> Marks:
    """What tells whether a decision is right but for what its limbs do."""
    actions = [limb.action for limb in limbs]
    return [
        f"own {step(one.confidence, (0.6, 0.7, 0.75, 0.8, 0.85, 0.88, 0.9, 0.94, 0.95))}", f"paper {paper.kind}",
        f"rule {one.rule}", f"family {one.rule.partition('.')[0]}", f"word {one.kind}", f"status {one.status}",
        f"limbs {step(len(limbs), (1, 2, 4, 7))}", f"labelled {all(limb.label for limb in limbs)}",
        f"others {step(sum(action in ('other', 'consider') for action in actions), (0, 1))}",
        f"length {step(len(one.text), (60, 150, 300, 600, 1200))}", f"in an item {one.item_id is not None}",
        f"vote {_voted(one)} of {paper.votes}", f"mover {one.mover is not None} of {paper.movers}",
        f"decider {one.decided_by is not None}", *(f"does {action}" for action in sorted(set(actions))),
    ]


def limb_marks(limb: ResolutionClause) -> Marks:
    """What tells whether a limb does what we say: its verb, and what is to be done with the thing."""
    words = WORD.findall(FILLING.sub("", limb.text[:200]).lower())
    verb = words[0] if words else "none"
    settled = SETTLED.search(limb.text)
    done = settled[1].lower() if settled else "none"
    return [
        f"does {limb.action}", f"verb {verb}", f"be {done}", f"verb {verb} does {limb.action}",
        f"be {done} does {limb.action}", f"first {limb.position == 1}", f"labelled {limb.label is not None}",
        f"rule {limb.rule}", f"own {step(limb.confidence, (0.6, 0.75, 0.85, 0.9))}",
        f"length {step(len(limb.text), (15, 40, 100, 250, 500))}",
    ]


def figure_look(figure: BudgetFigure) -> tuple[object, ...]:
    """All of a figure that its marks tell: of a table's thousands of figures most have one of a few looks."""
    return (
        figure.rule, figure.measure, figure.confidence, figure.item_id is None, figure.is_total, figure.per,
        _large(figure), figure.financial_year is None, figure.organisation is None, figure.fund is None, figure.basis,
        figure.qualifier, figure.unit, figure.amount_high is None,
    )


def _large(figure: BudgetFigure) -> bool:
    return LARGE.search(figure.raw) is not None


OWN_STEPS = (0.3, 0.41, 0.5, 0.56, 0.65, 0.71, 0.8, 0.85, 0.9, 0.95)
"""Between the levels that the rules of money give: by the rule, by its margin, and seconded or not."""


def measure_marks(figure: BudgetFigure, paper: Paper) -> Marks:
    """What tells whether a figure measures what we say."""
    source, _, cue = figure.rule.partition("/")
    return [
        f"source {source}", f"cue {cue}", f"measure {figure.measure}", f"cue {cue} measure {figure.measure}",
        f"source {source} measure {figure.measure}", f"own {step(figure.confidence, OWN_STEPS)}",
        f"paper {paper.kind}", f"in an item {figure.item_id is not None}", f"total {figure.is_total}",
        f"per {figure.per}", f"large {_large(figure)}",
    ]


def figure_marks(figure: BudgetFigure, paper: Paper) -> Marks:
    """What tells whether a figure's year, payer, fund and the like are right, and whether it is one."""
    told = {name: getattr(figure, name) is not None for name in ("financial_year", "organisation", "fund")}
    return [
        f"source {figure.rule.partition('/')[0]}", f"measure {figure.measure}", f"paper {paper.kind}",
        *(f"{name} {value}" for name, value in told.items()), f"per {figure.per}", f"basis {figure.basis}",
        f"qualifier {figure.qualifier}", f"unit {figure.unit}", f"range {figure.amount_high is not None}",
        f"measure {figure.measure} per {figure.per is not None}",
        f"measure {figure.measure} fund {told['fund']}", f"measure {figure.measure} payer {told['organisation']}",
    ]


def option_marks(option: Option) -> Marks:
    """What tells whether an option is right."""
    return [f"rule {option.rule}", f"own {step(option.confidence, (0.5, 0.7, 0.8, 0.9))}", f"status {option.status}",
            f"labelled {option.label is not None}", f"nothing {option.do_nothing}"]


Limbs = Mapping[str, list[ResolutionClause]]
Parts = Iterator[tuple[str, Marks]]
"""The parts of a record that go right or wrong by themselves, each with its marks."""


def parts_of_item(item: AgendaItem, paper: Paper, limbs: Limbs) -> Parts:
    """An agenda item has one."""
    yield "item", item_marks(item, paper)


def parts_of_decision(one: Resolution, paper: Paper, limbs: Limbs) -> Parts:
    """A decision, and what each of its limbs does."""
    own = limbs.get(one.resolution_id, [])
    yield "decision", decision_marks(one, own, paper)
    for limb in own:
        yield "limb", limb_marks(limb)


def parts_of_figure(figure: BudgetFigure, paper: Paper, limbs: Limbs) -> Parts:
    """What a figure measures, and all else."""
    yield "measure", measure_marks(figure, paper)
    yield "figure", figure_marks(figure, paper)


def parts_of_option(option: Option, paper: Paper, limbs: Limbs) -> Parts:
    """An option has one."""
    yield "option", option_marks(option)


SORTS: tuple[tuple[str, type[Record], Callable[..., Parts]], ...] = (
    ("agenda_items", AgendaItem, parts_of_item),
    ("resolutions", Resolution, parts_of_decision),
    ("budget_figures", BudgetFigure, parts_of_figure),
    ("options", Option, parts_of_option),
)
"""Tables that gold annotates, their records, and what parts these have."""
