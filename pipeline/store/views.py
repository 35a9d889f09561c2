"""Views for people who do not want to join: one row holds what a sentence about it needs."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.store import coverage
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
    """The joins that leave of the table `alias`, whose documents are `d`, the rows that are not said again elsewhere:
    in a print that replaces their document, or in a document of its own that a pack binds in.

    Joins and not conditions: of a condition on places DuckDB makes a table of all places that there are.
    """
    return f"""
    ANTI JOIN (SELECT supersedes FROM documents WHERE supersedes IS NOT NULL) gone ON gone.supersedes = d.document_id
    ANTI JOIN (SELECT document_id, char_start, char_end FROM document_parts WHERE same_as IS NOT NULL) again
        ON again.document_id = d.document_id
        AND {alias}.char_start >= again.char_start AND {alias}.char_start < again.char_end
    """


COMES_BACK = r"""
(k.action = 'defer' OR ((k.due_raw IS NOT NULL OR k.due_on IS NOT NULL)
    AND NOT regexp_matches(coalesce(k.due_raw, ''), '(?i)^(with effect |effective )?from\b') AND (k.action = 'request'
    OR regexp_matches(k.text,
        '(?i)\b(reports?|updates?|brought|bring|submit|submitted|present|presented|return|review|reviewed)\b'))))
"""
"""The condition that a limb `k` asks for something to come back, and does not only say from when it holds."""

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
    "document_kind": "minutes, agenda, report, decision_notice, pack or other.",
    "resolution_id": "Its id, for `minutebook explain`.",
    "confidence": "Chance that it is right, 0 to 1.",
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
    {counted("r")}
    WHERE r.status = '{status}'
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
            "confidence": "Chance that it is right, 0 to 1.",
        },
        f"""
        SELECT f.* REPLACE (coalesce(s.name, f.service) AS service), {HEADER}, d.meeting_id,
            t.title AS table_title, i.number AS item, i.title AS item_title
        FROM budget_figures f {HEADER_JOINS}
        LEFT JOIN services s ON s.service_id = f.service_id
        LEFT JOIN budget_tables t ON t.table_id = f.table_id
        LEFT JOIN agenda_items i ON i.item_id = f.item_id
        {counted("f")}
        """,
    ),
    View(
        "follow_ups",
        "A limb of a decision that must be done or come back by some time, and whether it came back.",
        {
            **WHERE_FROM,
            "text": "The limb, verbatim.",
            "action": "What it does.",
            "due_raw": "The words that set the time.",
            "due_on": "That day, where the words and the meeting's date give one.",
            "to_come_back": "Whether it asks for something to come back, and does not only say from when it holds.",
            "item": "Number of the agenda item.",
            "item_title": "Title of the agenda item.",
            "met_again_on": "First meeting of the same body on or after that day that the database holds: inferred.",
            "came_back_as": "The later item of business that brought it back.",
            "came_back_on": "Day of that meeting.",
            "days_late": "Days between the day that was set and that day; below zero where it came early.",
            "came_back_basis": "stated where the later item names the earlier meeting, else inferred.",
            "came_back_confidence": "How sure that is, 0 to 1.",
            **DOCUMENT,
            "resolution_id": "Its resolution, for `minutebook explain`.",
            "position": "Which limb of it.",
            "came_back_item_id": "The later item's id.",
        },
        f"""
        SELECT k.*, {HEADER}, d.document_id, d.meeting_id, i.number AS item, i.title AS item_title,
            {COMES_BACK} AS to_come_back,
            (SELECT min(n.held_on) FROM meetings n
             WHERE n.council_id = m.council_id AND n.body = m.body AND n.held_on > m.held_on
               AND n.held_on >= k.due_on) AS met_again_on,
            back.title AS came_back_as, back.held_on AS came_back_on, back.held_on - k.due_on AS days_late,
            back.basis AS came_back_basis, back.confidence AS came_back_confidence, back.item_id AS came_back_item_id
        FROM resolution_clauses k JOIN resolutions r USING (resolution_id) {HEADER_JOINS}
        LEFT JOIN agenda_items i ON i.item_id = r.item_id
        LEFT JOIN (
            SELECT b.resolution_id, b.position, b.basis, b.confidence, a.item_id, a.title, n.held_on
            FROM returns b JOIN agenda_items a USING (item_id)
            JOIN meeting_statements n ON n.document_id = a.document_id
        ) back ON back.resolution_id = k.resolution_id AND back.position = k.position
        {counted("r")}
        WHERE (k.due_raw IS NOT NULL OR k.due_on IS NOT NULL OR k.action = 'defer') AND r.status = 'decided'
        """,
    ),
    View(
        "became",
        "A proposal with the decision that was taken on it: adopted, amended, rejected or deferred.",
        {
            "council": "Short name of the authority.",
            "proposed_by": "The body to which the report went, or whose motion or recommendation it is.",
            "proposed_on": "Day of that meeting.",
            "item_title": "Title of the agenda item, or of the report.",
            "proposal": "What was proposed, verbatim.",
            "outcome": "adopted as proposed, amended, rejected or deferred.",
            "decided_by": "The body that decided.",
            "decided_on": "Day of its meeting.",
            "decision": "What was decided, verbatim.",
            "changes": "If amended, the decision with {+words that were put in+} and [-words that were taken out-].",
            "relation": "Who proposed: a report, a motion, or another body that refers the matter (referral).",
            "basis": "stated where the decision or a reference names the proposal, else inferred.",
            "alike": "Share of words that both have; NULL if the decision only refers.",
            "confidence": "How sure the link is, 0 to 1.",
            "proposal_page": "Page of the proposal.",
            "proposal_document": "Title of its document, or its file's name.",
            "page": "Page of the decision.",
            "document": "Title of its document, or its file's name.",
            "proposal_id": "The proposal's resolution, for `minutebook explain`.",
            "decision_id": "The decision's resolution, for `minutebook explain`.",
        },
        """
        SELECT o.*, coalesce(dc.name, pc.name) AS council, pm.body AS proposed_by, pm.held_on AS proposed_on,
            coalesce(di.title, pi.title, pd.title) AS item_title, p.text AS proposal,
            coalesce(r.decided_by, dm.body) AS decided_by, dm.held_on AS decided_on, r.text AS decision,
            p.page AS proposal_page, coalesce(pd.title, regexp_extract(pd.path, '[^/]*$')) AS proposal_document,
            r.page, coalesce(d.title, regexp_extract(d.path, '[^/]*$')) AS document
        FROM outcomes o
        JOIN resolutions p ON p.resolution_id = o.proposal_id JOIN documents pd ON pd.document_id = p.document_id
        JOIN resolutions r ON r.resolution_id = o.decision_id JOIN documents d ON d.document_id = r.document_id
        LEFT JOIN meeting_statements pm ON pm.document_id = p.document_id
        LEFT JOIN meeting_statements dm ON dm.document_id = r.document_id
        LEFT JOIN councils pc ON pc.council_id = pd.council_id LEFT JOIN councils dc ON dc.council_id = d.council_id
        LEFT JOIN agenda_items pi ON pi.item_id = p.item_id LEFT JOIN agenda_items di ON di.item_id = r.item_id
        """,
    ),
    View(
        "services_by_council",
        "A service of the taxonomy in one authority's papers, so that authorities can be laid side by side.",
        {
            "service_id": "The service in the taxonomy.",
            "service": "Its plain name.",
            "family": "The entry above it.",
            "client_group": "For whom it is.",
            "council": "Short name of the authority.",
            "documents": "Papers that name it, by whatever wording.",
            "mentions": "How often they do.",
            "decisions": "Decisions taken on it: in their text or in their item's title.",
            "figures": "Amounts of money for it.",
            "first_on": "Day of the first meeting whose papers name it.",
            "last_on": "Day of the last.",
            "wordings": "The wordings by which it is named there, in lower case.",
            "council_id": "The authority's id.",
        },
        f"""
        WITH named AS NOT MATERIALIZED (
            SELECT d.council_id, s.service_id, s.document_id, s.raw, s.char_start, m.held_on
            FROM service_mentions s JOIN documents d USING (document_id)
            LEFT JOIN meeting_statements m USING (document_id) {counted("s")}
            WHERE s.service_id IS NOT NULL AND d.council_id IS NOT NULL
        ),
        told AS (
            SELECT council_id, service_id, count(*) AS documents, sum(times)::BIGINT AS mentions,
                min(held_on) AS first_on, max(held_on) AS last_on
            FROM (SELECT council_id, service_id, document_id, any_value(held_on) AS held_on, count(*) AS times
                  FROM named GROUP BY ALL)
            GROUP BY ALL
        ),
        worded AS (
            SELECT council_id, service_id, list(wording ORDER BY wording) AS wordings
            FROM (SELECT DISTINCT council_id, service_id, lower(raw) AS wording FROM named) GROUP BY ALL
        ),
        decided AS (
            SELECT council_id, service_id, count(DISTINCT resolution_id) AS decisions FROM (
                SELECT n.council_id, n.service_id, r.resolution_id FROM named n JOIN resolutions r
                    ON r.document_id = n.document_id AND n.char_start >= r.char_start AND n.char_start < r.char_end
                WHERE r.status = 'decided'
                UNION ALL
                SELECT n.council_id, n.service_id, r.resolution_id FROM named n JOIN agenda_items i
                    ON i.document_id = n.document_id AND n.char_start >= i.char_start AND n.char_start < i.char_end
                JOIN resolutions r ON r.document_id = n.document_id AND r.item_id = i.item_id
                WHERE r.status = 'decided'
            ) GROUP BY ALL
        ),
        spent AS (
            SELECT d.council_id, f.service_id, count(*) AS figures
            FROM budget_figures f JOIN documents d USING (document_id) {counted("f")}
            WHERE f.service_id IS NOT NULL GROUP BY ALL
        )
        SELECT t.service_id, s.name AS service, f.name AS family, s.client_group,
            coalesce(c.name, c.official_name) AS council, t.documents, t.mentions,
            coalesce(decided.decisions, 0) AS decisions, coalesce(spent.figures, 0) AS figures, t.first_on, t.last_on,
            worded.wordings, t.council_id
        FROM told t JOIN services s USING (service_id) LEFT JOIN services f ON f.service_id = s.parent_id
        LEFT JOIN councils c ON c.council_id = t.council_id
        LEFT JOIN worded ON worded.council_id = t.council_id AND worded.service_id = t.service_id
        LEFT JOIN decided ON decided.council_id = t.council_id AND decided.service_id = t.service_id
        LEFT JOIN spent ON spent.council_id = t.council_id AND spent.service_id = t.service_id
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
            "confidence": "Chance that it is right, 0 to 1.",
        },
        f"""
        SELECT o.*, a.subject, {HEADER}, d.document_id, d.meeting_id, i.number AS item, i.title AS item_title
        FROM options o JOIN options_appraisals a USING (appraisal_id) {HEADER_JOINS}
        LEFT JOIN agenda_items i ON i.item_id = a.item_id
        {counted("o")}
        """,
    ),
    View("coverage", coverage.COMMENT, coverage.COLUMNS, coverage.QUERY),
)

OVERDUE = """
CREATE MACRO overdue(as_of) AS TABLE
SELECT council, body, held_on, text, due_on, as_of::DATE - due_on AS days, item_title, page, document, resolution_id
FROM follow_ups
WHERE to_come_back AND due_on < as_of::DATE AND (came_back_on IS NULL OR came_back_on > as_of::DATE)
ORDER BY due_on, resolution_id
"""
ABOUT_OVERDUE = (
    "What was to come back before a day and had not by then: overdue('2025-06-30'). What the papers at hand do not "
    "show may have come back in others: see met_again_on in follow_ups."
)
