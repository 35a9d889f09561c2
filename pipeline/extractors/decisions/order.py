"""Which label goes on from which, forgiving what clerks and word processors get wrong."""

from __future__ import annotations

from pipeline.labels import Label, follows


def goes_on(previous: Label, label: Label) -> bool:
    """Whether `label` is the next of the list of `previous`; "A)" and "b)" count as one list."""
    if follows(previous, label):
        return True
    if previous.form != label.form or previous.bullet:
        return False
    return any(
        before.path[:-1] == after.path[:-1]
        and before.path[-1] + 1 == after.path[-1]
        and before.kind.split("_")[-1] == after.kind.split("_")[-1]
        for before in previous.readings
        for after in label.readings
    )


def same_list(previous: Label, label: Label) -> bool:
    """Whether `label` may belong to the list of `previous` though a number is wrong: repeated or skipped.

    "1." again and again is how some pages number; "a) b) d)" has lost one. Going back to the start is another list.
    """
    if previous.form != label.form:
        return False
    if previous.bullet or label.bullet:
        return previous.bullet and label.bullet
    for before in previous.readings:
        for after in label.readings:
            alike = before.kind.split("_")[-1] == after.kind.split("_")[-1]
            if alike and before.path[:-1] == after.path[:-1] and 0 <= after.path[-1] - before.path[-1] <= 3:
                return True
    return False
