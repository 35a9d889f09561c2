"""What is new, as items of a digest: read out of two published databases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pipeline import rules
from pipeline.news.digest import SORTS, Asked, Digest, Item, Listing, Trouble
from pipeline.news.watches import Watch
from pipeline.store.fresh import Fresh, since
from pipeline.store.query import open_read_only
from pipeline.web import telling

Row = dict[str, Any]
LABEL = 80
"""Characters of a label beyond which it is a paragraph that stood above a table."""


def digest(
    old: Path | None, new: Path, watches: Sequence[Watch], *, round_id: str, made_at: datetime,
    last: datetime | None = None, scrape_run: str | None = None,
) -> Digest:
    """What `new` tells that `old` did not, as of the day of `made_at` (UTC).

    `last` is when the digest before this one was made: what fell due since is told. `scrape_run` is the run of the
    scraper whose askings are summed up. Raises `query.Refused`.
    """
    wanted = rules.load("weekly/news")
    first = made_at - timedelta(days=wanted["first_days"])
    with since(old, new) as fresh:
        papers = fresh.papers()
        items = [*_decisions(fresh), *_figures(fresh), *_due(fresh, (last or first).date(), made_at.date())]
    names = {item.council_id: item.council or "A council not named" for item in items}
    told = Digest(round_id=round_id, made_at=made_at, since=last, papers=len(papers))
    told.councils = [
        _listing(name, [i for i in items if i.council_id == council_id and _told_unasked(i)], council_id)
        for council_id, name in sorted(names.items(), key=lambda pair: (pair[1].casefold(), pair[0] or ""))
    ]
    told.councils = [listing for listing in told.councils if listing.counts or listing.routine]
    told.watches = [_listing(watch.name, [item for item in items if watch.fires(item)]) for watch in watches]
    _tell_of_asking(told, new, scrape_run)
    return told


def _told_unasked(item: Item) -> bool:
    """Whether an item is listed under its council: of budgets only what changed."""
    return item.sort != "budget" or item.before is not None


def _listing(name: str, items: Sequence[Item], council_id: str | None = None) -> Listing:
    telling_ = [item for item in items if not item.routine]
    counts = {sort: sum(item.sort == sort for item in telling_) for sort in SORTS}
    return Listing(
        name=name, council_id=council_id, items=_shared_out(telling_, rules.load("weekly/news")["listed"]),
        counts={sort: count for sort, count in counts.items() if count}, routine=len(items) - len(telling_),
    )


def _shared_out(items: Sequence[Item], most: int) -> list[Item]:
    """At most so many, in order; no sort is crowded out by another that has many."""
    queues = {sort: [item for item in items if item.sort == sort] for sort in SORTS}
    taken = dict.fromkeys(SORTS, 0)
    while sum(taken.values()) < min(most, len(items)):
        for sort in SORTS:
            if taken[sort] < len(queues[sort]) and sum(taken.values()) < most:
                taken[sort] += 1
    return [item for sort in SORTS for item in queues[sort][:taken[sort]]]


# items


def _decisions(fresh: Fresh) -> Iterator[Item]:
    wanted, replaced = rules.load("weekly/news"), fresh.replaced()
    said: set[tuple[object, ...]] = set()
    for row in fresh.decisions():
        key = (row["council_id"], row["held_on"], row["body"], "".join(row["text"].split()).casefold())
        if key in said:  # a page and the printed minutes of one meeting, which came in one round
            continue
        said.add(key)
        before = _before(row["text"], replaced.get(row["document_id"], []))
        if before == row["text"]:
            continue
        actions = set(row["actions"] or ())
        verb, vote = telling.verb(row["kind"]), telling.vote(row)
        yield _item(
            row, "contract" if actions & set(wanted["contract_actions"]) else "decision",
            verb + (f" ({vote})" if vote else ""), row["text"], before=before,
            routine=bool(actions) and actions <= set(wanted["routine_actions"]),
        )


def _before(text: str, earlier: Sequence[str]) -> str | None:
    """What the paper that is replaced said instead; `text` itself where it said the same; None where nothing alike."""
    from rapidfuzz import fuzz, process

    plain = " ".join(text.split())
    if any(" ".join(other.split()) == plain for other in earlier):
        return text
    near = process.extractOne(text, earlier, scorer=fuzz.ratio, score_cutoff=rules.load("weekly/news")["alike"])
    return near[0] if near else None


def _figures(fresh: Fresh) -> Iterator[Item]:
    wanted = rules.load("weekly/news")
    for row in fresh.figures([*wanted["contract_measures"], *wanted["budget_measures"]]):
        before = row["before"]
        if before is not None and row["amount"] is not None:
            row["told_before"] = telling.money(before)
        yield _item(
            row, "contract" if row["measure"] in wanted["contract_measures"] else "budget", _told_figure(row),
            _line(row), before=row.get("told_before"),
        )


def _told_figure(row: Row) -> str:
    """A figure as a phrase: "net budget of £1,200,000 for 2026/27"."""
    what = " ".join(str(word) for word in (row["basis"], row["measure"]) if word)
    upper = f" to {telling.money(row['amount_high'])}" if row["amount_high"] is not None else ""
    qualifier = f"{row['qualifier'].replace('_', ' ')} " if row["qualifier"] and not upper else ""
    year = f" for {row['financial_year']}" if row["financial_year"] else ""
    return f"{what} of {qualifier}{telling.money(row['amount'])}{upper}{year}"


def _line(row: Row) -> str:
    """What a figure is about, as its paper has it."""
    names = ("service", "fund", "organisation", "table_title", "row_label", "column_label")
    said = " · ".join(dict.fromkeys(str(row[name]) for name in names if row[name] and len(row[name]) <= LABEL))
    return f"{said}: {row['raw']}" if said else str(row["raw"])


def _due(fresh: Fresh, after: date, until: date) -> Iterator[Item]:
    for row in fresh.due(after, until):
        yield _item(row, "follow_up", f"was to come back by {telling.day(row['due_on'])}", row["text"],
                    due_on=row["due_on"])


def _item(row: Row, sort: Any, told: str, text: str, **more: Any) -> Item:
    amount: Decimal | None = row.get("amount")
    return Item(
        sort=sort, record_id=row["record_id"], told=told, text=text, council_id=row["council_id"],
        council=row["council"], body=row["body"], held_on=row["held_on"], item_title=row["item_title"],
        amount=abs(amount) if amount is not None else None, services=sorted(row["services"]), page=row["page"],
        document=row["document"], link=_link(row["address"], row["page"]), **more,
    )


def _link(address: str | None, page: int | None) -> str | None:
    """Where the paper was published, at its page; None where that is not on the web, or no address to follow."""
    if address is None or urlsplit(address).scheme not in ("http", "https"):
        return None
    return f"{address}#page={page}" if page and urlsplit(address).path.lower().endswith(".pdf") else address


# who was asked


def _tell_of_asking(told: Digest, db: Path, scrape_run: str | None) -> None:
    connection = open_read_only(db)
    try:
        if scrape_run is not None:
            names = list(Asked.model_fields)
            ((*values,),) = connection.execute(ASKED, [scrape_run]).fetchall()
            told.asked = Asked(**dict(zip(names, values, strict=True)))
        told.troubles = [Trouble(council_id=id_, council=name, severity=severity, reason=reason)
                         for id_, name, severity, reason in connection.execute(TROUBLES).fetchall()]
        ((told.unread,),) = connection.execute(UNREAD).fetchall()
    finally:
        connection.close()




ASKED = """
SELECT count(*) FILTER (outcome <> 'no_address'), count(*) FILTER (outcome IN ('complete', 'partial')),
    count(*) FILTER (outcome IN ('failed', 'forbidden')), count(*) FILTER (outcome = 'stopped'),
    coalesce(sum(requests), 0)::BIGINT, coalesce(sum(bytes), 0) / 1e6, coalesce(sum(new_papers), 0)::BIGINT,
    coalesce(sum(changed_papers), 0)::BIGINT, coalesce(sum(failed_papers), 0)::BIGINT
FROM askings WHERE run_id = $1
"""
TROUBLES = """
SELECT f.council_id, coalesce(c.name, c.official_name, f.council_id) AS council, f.severity, f.reason
FROM coverage_flags f LEFT JOIN councils c USING (council_id) ORDER BY f.severity, council, f.rule, f.about
"""
UNREAD = """
SELECT count(DISTINCT p.document_id) FROM published_papers p LEFT JOIN documents d USING (document_id)
LEFT JOIN readings r USING (document_id)
WHERE p.document_id IS NOT NULL AND (d.document_id IS NULL OR coalesce(r.failed, false))
"""
