"""Options appraisals: each alternative that was weighed, which was preferred, and why the others were not."""

from __future__ import annotations

from pipeline.document import Outline
from pipeline.extractors.options.alternatives import Alternative, Setting
from pipeline.extractors.options.named import Named, named_options
from pipeline.extractors.options.reader import Reader
from pipeline.extractors.options.subjects import subjects, title_of
from pipeline.extractors.options.verdicts import verdicts
from pipeline.extractors.options.wording import before_furniture, is_do_nothing, own_reason, speaks_of
from pipeline.records import Option, OptionsAppraisal, Record, identify


def extract(outline: Outline) -> list[Record]:
    """Appraisals and their options, in reading order."""
    sets = Reader(outline).read()
    records: list[Record] = []
    told = subjects(outline, sets)
    for at, current in enumerate(sets):
        alone = sum(1 for other in sets if _same_labels(current, other)) == 1
        following = sets[at + 1].alternatives[0].start if at + 1 < len(sets) else len(outline.document.text)
        records += _records(outline, current, told[at], following, alone)
    for named in named_options(outline, sets):
        records += _named_records(outline, named)
    return records


def _named_records(outline: Outline, named: list[Named]) -> list[Record]:
    """The appraisal of options that an item only names, and these."""
    first, last = min(one.start for one in named), max(one.end for one in named)
    index = outline.item_index_at(first)
    appraisal_id = identify("appraisal", outline.document_id, first)
    records: list[Record] = [
        OptionsAppraisal(
            appraisal_id=appraisal_id,
            item_id=outline.item_id(index),
            subject=(outline.items[index].title if index is not None else None) or title_of(outline, first),
            char_start=first,
            char_end=last,
            document_id=outline.document_id,
            page=outline.document.page_at(first),
            rule="options.named",
            confidence=0.6,
        )
    ]
    for position, one in enumerate(named, start=1):
        text = outline.document.text[one.start : one.end]
        records.append(
            Option(
                option_id=identify("option", outline.document_id, one.start, one.mark),
                appraisal_id=appraisal_id,
                position=position,
                label=f"Option {one.mark}",
                text=text,
                status=one.status,
                reasons=own_reason(text),
                page=outline.document.page_at(one.start),
                char_start=one.start,
                char_end=one.end,
                rule="options.named",
                confidence=0.6,
            )
        )
    return records


def _same_labels(one: Setting, other: Setting) -> bool:
    """Whether two sets share a label, so that "Option 1" may mean either."""
    return (
        bool({a.mark for a in one.alternatives if a.mark} & {a.mark for a in other.alternatives if a.mark})
        or one is other
    )


def _records(
    outline: Outline, current: Setting, subject: str | None, following: int, alone: bool
) -> list[Record]:
    first, last = current.alternatives[0], current.alternatives[-1]
    appraisal_id = identify("appraisal", outline.document_id, first.opens)
    index = outline.item_index_at(first.start)
    records: list[Record] = [
        OptionsAppraisal(
            appraisal_id=appraisal_id,
            document_id=outline.document_id,
            item_id=outline.item_id(index),
            subject=subject,
            page=outline.document.page_at(first.opens),
            char_start=first.opens,
            char_end=last.end,
            rule=first.rule,
            confidence=0.85,
        )
    ]
    given = verdicts(outline, current, following, alone)
    for position, (one, (status, confidence)) in enumerate(zip(current.alternatives, given, strict=True), start=1):
        records.append(
            Option(
                option_id=identify("option", outline.document_id, one.opens),
                appraisal_id=appraisal_id,
                position=position,
                label=one.label,
                text=outline.document.text[one.opens : one.end],
                status=status,
                do_nothing=is_do_nothing(one.text),
                reasons=_reasons(one, current),
                page=outline.document.page_at(one.opens),
                char_start=one.opens,
                char_end=one.end,
                rule=one.rule,
                confidence=confidence,
            )
        )
    return records


def _reasons(one: Alternative, current: Setting) -> str | None:
    """Reasons for and against, verbatim. Behind the last alternative, and behind any where most of a set stand close
    together, a paper goes on with other things: there only what speaks of the alternative counts."""
    reasons, among = one.reasons, current.alternatives
    explained = sum(bool(other.reasons) for other in among) * 2 >= len(among)
    if one.rule != "options.table" and (one is among[-1] or not explained):
        reasons = [text for text in reasons if speaks_of(text, one.mark)]
    noted = current.notes.get(one.mark) if one.mark else None
    return before_furniture(" ".join([*reasons, *([noted] if noted else [])])) or own_reason(one.text)
