"""Plots as SVG. Each stands beside a table with the same numbers, for those who cannot see it or want to copy them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from decimal import Decimal
from threading import Lock
from typing import TYPE_CHECKING

from pipeline.web.profiles import Profile

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.ticker import Locator

SIZE = (7.2, 3.2)
"""Inches."""
COLOURS = ("#1d4e89", "#b8500c", "#2f7d4f", "#7a3b8f")
MARKERS = ("o", "s", "^", "D")
"""With the colours, so that a series is known without them."""
LABELS_ON_AXIS = 12
POUNDS = ((Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"), (Decimal(10) ** 3, "k"))
_drawing = Lock()
"""Matplotlib's caches of fonts are not made for threads."""


def decisions_by_month(profile: Profile) -> bytes:
    """Bars: decisions in each month."""
    def draw(axes: Axes) -> None:
        names, numbers = [month for month, _ in profile.months], [n for _, n in profile.months]
        axes.bar(range(len(names)), numbers, color=COLOURS[0])
        _name_ticks(axes, names)
        axes.set_ylabel("decisions")
        axes.yaxis.set_major_locator(_whole_numbers())
    return _svg(draw)


def spending(profile: Profile) -> bytes:
    """Points: the largest figure stated for each financial year, a series for each measure."""
    def draw(axes: Axes) -> None:
        years = sorted({s.year for s in profile.spending})
        for n, measure in enumerate(sorted({s.measure for s in profile.spending})):
            mine = [s for s in profile.spending if s.measure == measure]
            axes.plot([years.index(s.year) for s in mine], [float(s.amount) for s in mine], label=measure,
                      color=COLOURS[n % len(COLOURS)], marker=MARKERS[n % len(MARKERS)], linestyle="-", linewidth=1)
        _name_ticks(axes, years)
        axes.set_yscale("log")
        axes.yaxis.set_major_formatter(lambda value, _: pounds(Decimal(value)))
        axes.yaxis.set_minor_formatter(lambda value, _: "")
        axes.set_ylabel("largest figure stated")
        axes.legend(frameon=False, fontsize=8)
    return _svg(draw)


def follow_ups(profile: Profile) -> bytes:
    """Bars: what was promised by a day, by what became of it."""
    def draw(axes: Axes) -> None:
        names = list(profile.follow_ups)
        axes.barh(names, [profile.follow_ups[name] for name in names], color=COLOURS[0], height=0.5)
        axes.set_ylim(-0.75, max(len(names), 3) - 0.25)
        axes.invert_yaxis()
        axes.set_xlabel("promises with a day")
        axes.xaxis.set_major_locator(_whole_numbers())
    return _svg(draw)


PLOTS = {"decisions": decisions_by_month, "spending": spending, "follow-ups": follow_ups}


def columns(names: Sequence[str], numbers: Sequence[float], label: str) -> bytes:
    """Bars: an answer's column of numbers over a column of names."""
    def draw(axes: Axes) -> None:
        axes.bar(range(len(names)), numbers, color=COLOURS[0])
        _name_ticks(axes, [name[:24] for name in names])
        axes.set_ylabel(label)
    return _svg(draw)


def pounds(amount: Decimal) -> str:
    """An amount in short: £1.2m."""
    for size, name in POUNDS:
        if amount >= size:
            return f"£{amount / size:.3g}{name}"
    return f"£{amount:.3g}"


def _name_ticks(axes: Axes, names: Sequence[str]) -> None:
    """Names under the axis, as many as can be read."""
    step = max(-(-len(names) // LABELS_ON_AXIS), 1)
    at = list(range(0, len(names), step))
    axes.set_xticks(at, [names[n] for n in at], rotation=30, ha="right")


def _whole_numbers() -> Locator:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(integer=True)


def _svg(draw: Callable[[Axes], None]) -> bytes:
    import matplotlib
    from matplotlib.figure import Figure

    with _drawing, matplotlib.rc_context({"svg.hashsalt": "minutebook", "font.size": 9, "axes.spines.top": False,
                                          "axes.spines.right": False}):
        figure = Figure(figsize=SIZE, layout="constrained")
        draw(figure.subplots())
        file = io.BytesIO()
        figure.savefig(file, format="svg", metadata={"Date": None})
    return file.getvalue()
