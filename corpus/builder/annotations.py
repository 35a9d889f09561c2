"""What the marks in a source say, and the gold that follows from them."""
import re
import shlex
from dataclasses import dataclass, field
from typing import Any

SCALE = {"k": 1_000, "m": 1_000_000, "million": 1_000_000, "bn": 1_000_000_000}
AMOUNT = re.compile(r"(\d[\d,]*(?: \d{3}\b)?(?:\.\d+)?) ?(million|bn|m|k)?(?![a-z])", re.IGNORECASE)
SHORT = {"y": "year", "q": "qualifier", "org": "organisation", "svc": "service"}
ENOUGH, MOST = 4, 8


@dataclass
class Span:
    """A marked stretch: its kind, what is told about it, and its words block by block."""

    kind: str
    told: dict[str, str]
    blocks: list[str] = field(default_factory=lambda: [""])

    @property
    def text(self) -> str:
        """All the words."""
        return " ".join(" ".join(self.blocks).split())

    def starts(self) -> str:
        """The first words, from the first block long enough to be told from others."""
        blocks = [block.split() for block in self.blocks if block.strip()]
        words = next((block for block in blocks if len(block) >= ENOUGH), blocks[0])
        return " ".join(words[:MOST])

    def ends(self) -> str:
        """The last words of the last block."""
        last = [block.split() for block in self.blocks if block.strip()][-1]
        return " ".join(last[-MOST:]).rstrip(".;,")


class Annotations:
    """Collects spans and figures in the order in which the text tells them."""

    def __init__(self) -> None:
        self.open_spans: list[Span] = []
        self.spans: list[tuple[Span, str | None]] = []
        self.figures: list[dict[str, Any]] = []
        self.item: str | None = None

    def start_block(self) -> None:
        """A new paragraph, limb or cell begins."""
        for span in self.open_spans:
            span.blocks.append("")

    def say(self, text: str) -> None:
        """Add words to every open span."""
        for span in self.open_spans:
            span.blocks[-1] += text

    def open(self, mark: str) -> None:
        """Open the span that `mark` (kind and attributes) describes."""
        kind, told = mark[0], _told(mark[1:])
        if kind == "I":
            self.item = told.get("n")
        span = Span(kind, told)
        self.spans.append((span, self.item))
        self.open_spans.append(span)

    def close(self) -> None:
        """Close the innermost span; ValueError where none is open."""
        if not self.open_spans:
            raise ValueError("a span is closed that was never opened")
        self.open_spans.pop()

    def figure(self, raw: str, told: str, labels: dict[str, str] | None = None, unit: int = 1) -> None:
        """Note the figure `raw`, whose measure and attributes `told` gives."""
        measure, _, rest = told.partition(" ")
        extra = {SHORT.get(key, key): value for key, value in _told(rest).items()}
        percent = "%" in raw or "per cent" in raw or extra.pop("unit", "") == "percent"
        figure: dict[str, Any] = {"raw": raw, "amount": _amount(raw, 1 if percent else unit)}
        if percent:
            figure["unit"] = "percent"
        if measure != "-":
            figure["measure"] = measure
        for key in ("amount", "high"):
            if key in extra:
                figure[key] = _number(float(extra.pop(key)))
        if extra.pop("opt", None):
            figure["optional"] = True
        self.figures.append(figure | extra | {k: v for k, v in (labels or {}).items() if v})


def _told(text: str) -> dict[str, str]:
    """`key=value` pairs, quoted where they hold spaces; a bare word is a flag."""
    pairs = (part.partition("=") for part in shlex.split(text))
    return {key: value if sign else "true" for key, sign, value in pairs}


def _amount(raw: str, unit: int) -> int | float:
    found = AMOUNT.search(raw)
    if not found:
        return 0
    amount = float(found[1].replace(",", "").replace(" ", "")) * SCALE.get((found[2] or "").lower(), unit)
    negative = raw.startswith("(") or raw.lstrip("£")[:1] in "-–−"
    return _number(-amount if negative else amount)


def _number(value: float) -> int | float:
    value = round(value, 4)
    return int(value) if value == int(value) else value
