"""The gold of one document, in the keys of the gold files' guide."""
from typing import Any

from .annotations import Span
from .source import Source

HEAD = ("kind", "council", "body", "held_on")
DECIDED_KINDS = ("minutes", "decision_notice")


def gold_of(source: Source, document: str) -> dict[str, Any]:
    """What a perfect reading of the document at path `document` holds."""
    front, marks = source.front, source.annotations
    spans = marks.spans
    gold: dict[str, Any] = {"document": document}
    gold |= {key: None if front.get(key) is None else str(front[key]) for key in HEAD}
    gold["items"] = [_item(span) for span, _ in spans if span.kind == "I"]
    gold["resolutions"] = [_resolution(span, item, front["kind"]) for span, item in spans if span.kind == "R"]
    gold["budget_figures"] = marks.figures
    gold["options"] = [_option(span, item) for span, item in spans if span.kind == "O"]
    gold["services"] = front.get("services", [])
    if front.get("traps"):
        gold["traps"] = front["traps"]
    return gold


def _item(span: Span) -> dict[str, Any]:
    item: dict[str, Any] = {"number": span.told.get("n"), "title": span.text}
    if "ref" in span.told:
        item["reference"] = span.told["ref"]
    if "truncated" in span.told:
        item["truncated"] = True
    return item


def _resolution(span: Span, item: str | None, document_kind: str) -> dict[str, Any]:
    told = dict(span.told)
    status = told.get("status", "decided" if document_kind in DECIDED_KINDS else "proposed")
    item = told.get("item", item)
    gold: dict[str, Any] = {"item": item} if item and item != "none" else {}
    gold["status"] = status
    gold["kind"] = told.get("kind", "resolved" if status == "decided" else "recommended")
    gold["starts"], gold["ends"] = span.starts(), span.ends()
    actions = told.get("actions", "").split(",") if told.get("actions") else []
    if told.get("clauses") != "?":
        gold["clauses"] = int(told.get("clauses", len(actions) or 1))
    if actions:
        gold["actions"] = actions
    for key in ("by", "mover", "seconder", "due_on", "note"):
        if key in told:
            gold[key] = told[key]
    if "vote" in told:
        gold["vote"] = _vote(told["vote"])
    if "opt" in told:
        gold["optional"] = True
    return gold


def _vote(told: str) -> str | dict[str, int]:
    if told == "unanimous":
        return told
    return {key: int(count) for key, count in zip(("for", "against", "abstain"), told.split("-"), strict=False)}


def _option(span: Span, item: str | None) -> dict[str, Any]:
    told = span.told
    gold: dict[str, Any] = {"subject": told["subject"]} if "subject" in told else {}
    item = told.get("item", item)
    if item:
        gold["item"] = item
    gold |= {"label": told.get("label"), "starts": span.starts()}
    if "status" in told:
        gold["status"] = told["status"]
    if told.get("do_nothing") != "unclear":
        gold["do_nothing"] = told.get("do_nothing") == "true"
    if "opt" in told:
        gold["optional"] = True
    return gold
