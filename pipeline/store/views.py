"""Views for people who do not want to join: one row holds what a sentence about it needs."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.store.schema import quoted


@dataclass(frozen=True)
class View:
    """A view: its name, what a row is, what each column means (in order), and the query without them."""

    name: str
    comment: str
    columns: dict[str, str]
    query: str

    def statements(self) -> list[str]:
        """The statements that make the view with its comments."""
        names = ", ".join(f'"{c}"' for c in self.columns)
        create = f'CREATE VIEW "{self.name}" AS SELECT {names} FROM ({self.query.strip()})'
        comments = [f'COMMENT ON VIEW "{self.name}" IS {quoted(self.comment)}']
        comments += [f'COMMENT ON COLUMN "{self.name}"."{c}" IS {quoted(text)}' for c, text in self.columns.items()]
        return [create, *comments]


WHERE_FROM = {
    "council": "Short name of the authority; NULL where the document does not tell.",
    "body": "The committee, board or cabinet.",
    "held_on": "Day of the meeting.",
}
DOCUMENT = {
    "page": "Page on which it begins, from 1; NULL for formats without pages.",
    "document": "Title of the document, or its file's name.",
    "link": "Web address it was fetched from, or the path of the file.",
    "document_id": "The document's id.",
    "meeting_id": "The meeting's id.",
}
HEADER = """
    coalesce(c.name, c.official_name) AS council, m.body, m.held_on,
    coalesce(d.title, regexp_extract(d.path, '[^/]*$')) AS document, coalesce(d.source_url, d.path) AS link,
    d.kind AS document_kind, d.reference AS document_reference
"""
HEADER_JOINS = """
    JOIN documents d USING (document_id)
    LEFT JOIN meetings m ON m.meeting_id = d.meeting_id
    LEFT JOIN councils c ON c.council_id = d.council_id
"""

def counted(alias: str) -> str:
    """The condition that a row of the table `alias` is not said again elsewhere: in a print that replaces its
    document, or in a document of its own that a pack binds in."""
    return f"""
    d.document_id NOT IN (SELECT supersedes FROM documents WHERE supersedes IS NOT NULL)
    AND NOT EXISTS (
        SELECT 1 FROM document_parts p
        WHERE p.same_as IS NOT NULL AND p.document_id = d.document_id
          AND {alias}.char_start >= p.char_start AND {alias}.char_start < p.char_end
    )
    """


RESOLUTION = {
    **WHERE_FROM,
    "item": "Number of the agenda item, as printed.",
    "item_title": "Title of the agenda item.",
    "text": "Its words, verbatim, through the last limb.",
    "kind": "The word that marks it: resolved, agreed, noted, …",
    "decided_by": "Who decides, where the text names another than the meeting body.",
    "addressed_to": "The body to which a recommendation is addressed.",
    "limbs": "How many limbs it has.",
    "actions": "What each limb does, in order.",
    "mover": "Who moved it.",
    "seconder": "Who seconded it.",
    "vote_for": "Votes for.",
    "vote_against": "Votes against.",
    "vote_abstain": "Abstentions.",
    "unanimous": "True where the text says that nobody dissented.",
    "reasons": "The reasons given for it, verbatim.",
    **DOCUMENT,
    "resolution_id": "Its id, for `minutebook explain`.",
    "confidence": "How sure the rule is, 0 to 1.",
}


def _resolutions(status: str) -> str:
    return f"""
    SELECT r.*, {HEADER}, i.number AS item, i.title AS item_title, k.limbs, k.actions
    FROM resolutions r {HEADER_JOINS}
    LEFT JOIN agenda_items i ON i.item_id = r.item_id
    LEFT JOIN (
        SELECT resolution_id, count(*) AS limbs, list(action ORDER BY position) AS actions
        FROM resolution_clauses GROUP BY resolution_id
    ) k ON k.resolution_id = r.resolution_id
    WHERE r.status = '{status}' AND {counted("r")}
    """


VIEWS: tuple[View, ...] = (
    View(
        "decisions",
        "A thing that a body decided, with council, body, date, item, page and document.",
        RESOLUTION,
        _resolutions("decided"),
    ),
    View(
        "proposals",
        "A thing proposed for decision: a recommendation of a report, or a motion.",
        RESOLUTION,
        _resolutions("proposed"),
    ),
    View(
        "spending",
        "A budget figure with council, body, date, service, organisation and financial year.",
        {
            **WHERE_FROM,
            "raw": "As printed.",
            "amount": "Pounds, or per cent for a share of money; a range's low end.",
            "amount_high": "High end of a range.",
            "unit": "GBP or percent.",
            "qualifier": "about, up_to, at_least, over, under, between.",
            "measure": "What it measures: budget, saving, overspend, …",
            "basis": "gross or net.",
            "per": "Period or unit of a rate.",
            "financial_year": "Financial year it belongs to.",
            "service": "The service's plain name in the taxonomy, or what it is for as printed.",
            "service_id": "The service in the taxonomy.",
            "organisation": "Who pays or holds it.",
            "fund": "Which fund or budget.",
            "table_title": "Title of the table that holds it.",
            "row_label": "Label of its row.",
            "column_label": "Label of its column.",
            "footnote": "The footnote to which its mark points.",
            "is_total": "Whether it is a total: leave these out of sums.",
            "item": "Number of the agenda item.",
            "item_title": "Title of the agenda item.",
            **DOCUMENT,
            "figure_id": "Its id, for `minutebook explain`.",
            "confidence": "How sure the rule is, 0 to 1.",
        },
        f"""
        SELECT f.* REPLACE (coalesce(s.name, f.service) AS service), {HEADER}, d.meeting_id,
            t.title AS table_title, i.number AS item, i.title AS item_title
        FROM budget_figures f {HEADER_JOINS}
        LEFT JOIN services s ON s.service_id = f.service_id
        LEFT JOIN budget_tables t ON t.table_id = f.table_id
        LEFT JOIN agenda_items i ON i.item_id = f.item_id
        WHERE {counted("f")}
        """,
    ),
    View(
        "follow_ups",
        "A limb of a decision that must be done or come back by some time, and the first later meeting of that body.",
        {
            **WHERE_FROM,
            "text": "The limb, verbatim.",
            "action": "What it does.",
            "due_raw": "The words that set the time.",
            "due_on": "That day, where the words and the meeting's date give one.",
            "item": "Number of the agenda item.",
            "item_title": "Title of the agenda item.",
            "met_again_on": "First meeting of the same body on or after that day that the database holds: inferred.",
            "came_back_as": "An item of a later meeting of the body with the same title: inferred.",
            "came_back_on": "Day of that meeting: inferred.",
            **DOCUMENT,
            "resolution_id": "Its resolution, for `minutebook explain`.",
        },
        f"""
        SELECT k.*, {HEADER}, d.document_id, d.meeting_id, i.number AS item, i.title AS item_title,
            (SELECT min(n.held_on) FROM meetings n
             WHERE n.council_id = m.council_id AND n.body = m.body AND n.held_on > m.held_on
               AND n.held_on >= k.due_on) AS met_again_on,
            back.title AS came_back_as, back.held_on AS came_back_on
        FROM resolution_clauses k JOIN resolutions r USING (resolution_id) {HEADER_JOINS}
        LEFT JOIN agenda_items i ON i.item_id = r.item_id
        LEFT JOIN (
            SELECT a.title, lower(a.title) AS folded, n.council_id, n.body, n.held_on
            FROM agenda_items a JOIN documents b USING (document_id)
            JOIN meetings n ON n.meeting_id = b.meeting_id
        ) back ON back.council_id = m.council_id AND back.body = m.body AND back.folded = lower(i.title)
            AND back.held_on > m.held_on
        WHERE (k.due_raw IS NOT NULL OR k.due_on IS NOT NULL) AND r.status = 'decided' AND {counted("r")}
        QUALIFY row_number() OVER (PARTITION BY k.resolution_id, k.position ORDER BY back.held_on NULLS LAST) = 1
        """,
    ),
    View(
        "options_weighed",
        "An alternative that was weighed, with what it was about and whether it was preferred.",
        {
            **WHERE_FROM,
            "subject": "What the options are about.",
            "label": "As printed.",
            "text": "The alternative, verbatim.",
            "status": "preferred, rejected or considered.",
            "do_nothing": "Whether it means no change of any kind.",
            "reasons": "Reasons given for or against it, verbatim.",
            "item": "Number of the agenda item.",
            "item_title": "Title of the agenda item.",
            **DOCUMENT,
            "option_id": "Its id, for `minutebook explain`.",
            "appraisal_id": "The set of alternatives that it belongs to.",
            "confidence": "How sure the rule is, 0 to 1.",
        },
        f"""
        SELECT o.*, a.subject, {HEADER}, d.document_id, d.meeting_id, i.number AS item, i.title AS item_title
        FROM options o JOIN options_appraisals a USING (appraisal_id) {HEADER_JOINS}
        LEFT JOIN agenda_items i ON i.item_id = a.item_id
        WHERE {counted("o")}
        """,
    ),
)
