"""However a list of limbs is numbered, however long it is, there are as many clauses as limbs."""

from __future__ import annotations

from decision_papers import minutes, only
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extractors.decisions.inline import split_inline
from pipeline.labels import letters, roman

FORMS = st.sampled_from(["{}.", "({})", "{})"])
SORTS = st.sampled_from([str, letters, roman])
MARKERS = st.sampled_from(
    ["RESOLVED:", "RESOLVED – That:", "AGREED to:", "RESOLVED that the Committee:", "The Executive resolved:-"]
)
VERBS = st.sampled_from(
    ["approve the plan", "note the cost", "delegate the award to the Director of Place", "refer the map to Council"]
)


@settings(max_examples=60, deadline=None)
@given(form=FORMS, sort=SORTS, marker=MARKERS, verbs=st.lists(VERBS, min_size=2, max_size=11))
def test_limbs_below_a_marker(form: str, sort: type, marker: str, verbs: list[str]) -> None:
    labels = [form.format(sort(number)) for number in range(1, len(verbs) + 1)]
    limbs = "\n\n".join(f"{label} {verb};" for label, verb in zip(labels, verbs, strict=True))
    read = only(minutes(f"{marker}\n\n{limbs}\n\nREASON – The wall is weak."))
    assert read.labels == labels
    assert [clause.text for clause in read.clauses] == [f"{verb};" for verb in verbs]
    assert read.resolution.reasons == "The wall is weak."


@settings(max_examples=60, deadline=None)
@given(sort=SORTS, verbs=st.lists(VERBS, min_size=2, max_size=9))
def test_limbs_on_one_line(sort: type, verbs: list[str]) -> None:
    labels = [f"({sort(number)})" for number in range(1, len(verbs) + 1)]
    text = "; ".join(f"{label} {verb}" for label, verb in zip(labels, verbs, strict=True))
    assert [label.printed for _, _, label in split_inline(text)] == labels
    assert only(minutes(f"RESOLVED to: {text}.")).labels == labels


@settings(max_examples=80, deadline=None)
@given(body=st.text(alphabet="RESOLVED that be agreed (a)1.;:-–\n to the minutes were carried For 3", max_size=300))
def test_nothing_makes_it_fail(body: str) -> None:
    for read in minutes(body):
        assert read.resolution.text.strip()
        assert len(read.clauses) >= 1
