"""Options appraisals: each alternative that was weighed, which was preferred, and why the others were not."""

from __future__ import annotations

from pipeline.document import Outline
from pipeline.extractors.options.alternatives import Alternative, Setting
from pipeline.extractors.options.reader import Reader
from pipeline.extractors.options.wording import chosen_marks, is_do_nothing, own_status, rejected_marks, told
from pipeline.records import Option, OptionsAppraisal, OptionStatus, Record, identify


def extract(outline: Outline) -> list[Record]:
    """Appraisals and their options, in reading order."""
    sets = Reader(outline).read()
    records: list[Record] = []
    for at, current in enumerate(sets):
        alone = sum(1 for other in sets if _same_labels(current, other)) == 1
        following = sets[at + 1].alternatives[0].start if at + 1 < len(sets) else len(outline.document.text)
        records += _records(outline, current, following, alone)
    return records


def _same_labels(one: Setting, other: Setting) -> bool:
    """Whether two sets share a label, so that "Option 1" may mean either."""
    return (
        bool({a.mark for a in one.alternatives if a.mark} & {a.mark for a in other.alternatives if a.mark})
        or one is other
    )


def _records(outline: Outline, current: Setting, following: int, alone: bool) -> list[Record]:
    first, last = current.alternatives[0], current.alternatives[-1]
    appraisal_id = identify("appraisal", outline.document_id, first.start)
    index = outline.item_index_at(first.start)
    item = outline.items[index] if index is not None else None
    subject = (item.title if item else None) or current.subject or outline.title
    text = outline.document.text
    if item is not None:
        begin, end = item.start, outline.document.blocks[max(item.last - 1, item.first)].end
    else:
        begin, end = 0, len(text)
    chosen, refused = _spoken_of(current, text[last.end : min(end, following)])
    if alone and not chosen:
        elsewhere = chosen_marks((text[begin : first.start] + text[last.end : end]).replace("\n", ". "), decided=True)
        chosen = elsewhere if len(elsewhere) == 1 else set()
    records: list[Record] = [
        OptionsAppraisal(
            appraisal_id=appraisal_id,
            document_id=outline.document_id,
            item_id=outline.item_id(index),
            subject=subject,
            page=outline.document.page_at(first.start),
            char_start=first.start,
            char_end=last.end,
            rule=first.rule,
            confidence=0.85,
        )
    ]
    verdicts = [_status(one, current, chosen, refused) for one in current.alternatives]
    if outline.kind in ("minutes", "decision_notice") and _settled(current, text[last.end : min(end, following)]):
        verdicts = [v if v[0] in ("preferred", "rejected") else ("rejected", 0.7) for v in verdicts]
    for position, one in enumerate(current.alternatives, start=1):
        status, confidence = verdicts[position - 1]
        records.append(
            Option(
                option_id=identify("option", outline.document_id, one.start),
                appraisal_id=appraisal_id,
                position=position,
                label=one.label,
                text=one.text,
                status=status,
                do_nothing=is_do_nothing(one.text),
                reasons=_reasons(one, current),
                page=outline.document.page_at(one.start),
                char_start=one.start,
                char_end=one.end,
                rule=one.rule,
                confidence=confidence,
            )
        )
    return records


def _spoken_of(current: Setting, around: str) -> tuple[set[str], set[str]]:
    """Marks that the text around a set chooses and turns down."""
    if not any(one.mark for one in current.alternatives):
        return set(), set()
    around = around.replace("\n", ". ")
    return chosen_marks(around), rejected_marks(around)


def _settled(current: Setting, behind: str) -> bool:
    """Whether the body itself chose among the options, by decision or by vote, so that the others fell."""
    if current.votes:
        return True
    marks = {one.mark for one in current.alternatives if one.mark}
    return bool(marks & chosen_marks(behind.replace("\n", ". "), settled=True))


def _status(
    one: Alternative, current: Setting, chosen: set[str], refused: set[str]
) -> tuple[OptionStatus | None, float]:
    """By what a table notes of it, by its own words, by the decision, by the heading."""
    if one.mark in current.votes:
        won = max(current.votes.values())
        first = current.votes[one.mark] == won and list(current.votes.values()).count(won) == 1
        return "preferred" if first else "rejected", 0.85
    note = own_status(current.notes[one.mark]) if one.mark in current.notes else None
    if one.mark in current.notes:
        return note or "rejected", 0.85
    own = own_status(one.text) or next((s for text in one.reasons if (s := own_status(text))), None)
    if own == "rejected" and told("preferred", one.text) is None:
        return own, 0.85
    if own:
        return own, 0.85
    if one.mark and one.mark in chosen and one.mark not in refused and len(chosen) * 2 < len(current.alternatives) + 1:
        return "preferred", 0.75
    if one.mark and one.mark in refused:
        return "rejected", 0.8
    return current.status or "considered", 0.7 if current.status else 0.5


def _reasons(one: Alternative, current: Setting) -> str | None:
    reasons = [*one.reasons, current.notes.get(one.mark, "")] if one.mark else one.reasons
    return " ".join(r for r in reasons if r) or None
