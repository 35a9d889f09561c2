"""Web pages: ModernGov's, CMIS's, pages that Word made, and plain ones."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import Block, Document
from pipeline.ingesters.errors import Unreadable
from pipeline.ingesters.html import read_html

MEETING = """<html><head><title>Agenda for  Highways Board</title>
<link rel="canonical" href="https://democracy.ashbournevale.example/ieListDocuments.aspx?MId=7"></head>
<body><nav><a href="/home">Home</a></nav><header>Banner</header>
<div id="modgov"><h1 class="mgMainTitleTxt">Agenda and minutes</h1>
<div class="mgSubTitle"><h2 class="mgSubTitleTxt"><a href="mgCommitteeDetails.aspx?ID=4">Highways Board<br>Monday,
3rd June, 2024 7.00 pm</a></h2></div>
<div class="mgLinks"><ul class="mgActionList"><li><a href="documents/g7/Printed
 minutes.pdf?T=1">Printed minutes <span class="mgFileSize">PDF 98 KB</span></a></li></ul></div>
<div class="mgContent"><p><span class="mgLabel">Venue: </span>Old&nbsp;Hall. <a href="x">View directions</a></p>
<table class="mgItemTable" id="mgItemTable"><caption class="mgSectionTitle">Items</caption>
<tr><th class="mgHide">No.</th><th class="mgHide">Item</th></tr>
<tr><td class="mgItemNumberCell"><p class="mgAiTitleTxt"><a name="AI1"></a>12.</p></td>
<td><p class="mgAiTitleTxt"><a class="mgAiTitleLnk" href="documents/s9/Bridge.pdf">Foot&#45;bridge at Mill Lane
<span class="mgFileSize"><img alt="pdf icon"> PDF 1 MB</span></a></p>
<p class="mgSubItemTitleTxt">Minutes:</p>
<div class="mgWordPara"><div class="WordSection1">
<p class="MsoNormal">The Board heard from
Mr <span class="SpellE">Hather</span><span class="GramE">sage</span> about the bridge.</p>
<p class="MsoNormal">&nbsp;</p>
<p class="MsoNormal"><b>RESOLVED</b> that:</p>
<p class="MsoListParagraph"><span><span>1.<span style="font:7.0pt">&nbsp;&nbsp;</span></span></span>
the bridge be repaired; and</p>
<p class="MsoListParagraph"><span>(b)<span>&nbsp; </span></span>a report  ...  <a href="mgAi.aspx?ID=1">view the full
minutes text for item 12.</a></p></div></div></td></tr></table></div></div>
<footer>Contact us</footer></body></html>"""


def document_of(page: str) -> Document:
    return read_html(Document("0" * 64, "page.html", "text/html"), page.encode())


def blocks_of(page: str) -> list[Block]:
    return document_of(page).blocks


def texts(page: str) -> list[str]:
    return [block.text for block in blocks_of(page)]


def test_a_meeting_page() -> None:
    document = document_of(MEETING)
    assert [(block.style, block.text) for block in document.blocks] == [
        ("mgMainTitleTxt", "Agenda and minutes"),
        ("mgSubTitleTxt", "Highways Board"),
        ("mgSubTitleTxt", "Monday, 3rd June, 2024 7.00 pm"),
        ("mgLabel", "Venue: Old Hall. View directions"),
        ("mgSectionTitle", "Items"),
        ("mgItemNumberCell", "12."),
        ("mgAiTitleTxt", "Foot-bridge at Mill Lane"),
        ("mgSubItemTitleTxt", "Minutes:"),
        ("mgWordPara", "The Board heard from Mr Hathersage about the bridge."),
        ("mgWordPara", "RESOLVED that:"),
        ("mgWordPara", "1. the bridge be repaired; and"),
        ("mgWordPara", "(b) a report ... view the full minutes text for item 12."),
    ]
    assert [(block.role, block.label, block.body) for block in document.blocks[-2:]] == [
        ("list_item", "1.", "the bridge be repaired; and"),
        ("list_item", "(b)", "a report ... view the full minutes text for item 12."),
    ]
    assert document.title == "Agenda for Highways Board"
    assert document.source_url == "https://democracy.ashbournevale.example/ieListDocuments.aspx?MId=7"
    assert "https://democracy.ashbournevale.example/documents/g7/Printed%20minutes.pdf?T=1" in document.links
    assert document.links[0] == "https://democracy.ashbournevale.example/home"


def test_a_decision_page() -> None:
    page = """<div id="modgov"><h2 class="mgSubTitleTxt">Lease of the Corn Hall</h2>
    <p><span class="mgLabel">Decision status: </span><span class="mgPlanItemInForce">Approved</span></p>
    <h3 class="mgSubSubTitleTxt">Decision:</h3><div class="mgWordPara"><p>That the lease be granted.</p></div>
    <p><span class="mgLabel">Date of decision: </span>02&#47;05&#47;2023</p></div>"""
    assert [(block.role, block.style, block.text) for block in blocks_of(page)] == [
        ("heading", "mgSubTitleTxt", "Lease of the Corn Hall"),
        ("paragraph", "mgLabel", "Decision status: Approved"),
        ("heading", "mgSubSubTitleTxt", "Decision:"),
        ("paragraph", "mgWordPara", "That the lease be granted."),
        ("paragraph", "mgLabel", "Date of decision: 02/05/2023"),
    ]


def test_cmis_names_stand_before_their_values() -> None:
    page = """<div class="holder"><div class="DNNLabel CommitteeLabel"><label><span>Committee:</span></label></div>
    <div class="Value Committee">Planning Panel</div></div>"""
    assert texts(page) == ["Committee: Planning Panel"]


def test_lists_print_the_labels_of_a_browser() -> None:
    page = """<ol start="3"><li>third<ul><li>inner</li></ul></li><li value="7"><p>seventh</p><p>more</p></li></ol>
    <ol type="a"><li>first</li></ol><ol style="list-style-type: upper-roman"><li>one</li><li>two</li></ol>
    <ul class="mgNonBulletTableList"><li>plain</li></ul><ol><li>(a) has its own</li></ol>"""
    assert [(block.label, block.text, block.level) for block in blocks_of(page)] == [
        ("3.", "3. third", 1),
        ("•", "• inner", 2),
        ("7.", "7. seventh", 1),
        (None, "more", 1),
        ("a.", "a. first", 1),
        ("I.", "I. one", 1),
        ("II.", "II. two", 1),
        (None, "plain", 1),
        ("(a)", "(a) has its own", 1),
    ]


def test_a_table_of_data_keeps_its_spans() -> None:
    page = """<table><thead><tr><th rowspan="2">Fund</th><th colspan="2">2024/25</th></tr>
    <tr><th>Budget</th><th>Out<br>turn</th></tr></thead>
    <tbody><tr><td>Roads</td><td>&pound;10m</td><td></td></tr><tr><td>Parks</td><td>£2m</td><td>£3m<sup>1</sup></td></tr>
    </tbody></table>"""
    (block,) = blocks_of(page)
    assert block.text == "Fund\t2024/25\n\tBudget\tOut turn\nRoads\t£10m\nParks\t£2m\t£3m¹"
    assert block.table is not None
    assert (block.table.rows, block.table.columns, block.table.header_rows) == (4, 3, 2)
    assert [(c.text, c.row, c.column, c.row_span, c.column_span) for c in block.table.cells[:3]] == [
        ("Fund", 0, 0, 2, 1), ("2024/25", 0, 1, 1, 2), ("Budget", 1, 1, 1, 1),
    ]


def test_tables_that_only_place_text() -> None:
    numbered = """<table><tr><td>1.</td><td>Note the plan.</td></tr>
    <tr><td>(b)</td><td>Agree it.<p>With thanks.</p></td></tr></table>"""
    assert [(block.label, block.text) for block in blocks_of(numbered)] == [
        ("1.", "1. Note the plan."), ("(b)", "(b) Agree it."), (None, "With thanks."),
    ]
    one_column = "<table><tr><td></td><td><p>First.</p><p>Second.</p></td></tr></table>"
    assert texts(one_column) == ["First.", "Second."]
    outer = """<table><tr><td>Menu<br>list</td><td><table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr>
    </table></td></tr></table>"""
    assert texts(outer) == ["Menu list", "A\tB\n1\t2"]


def test_a_head_that_swallowed_the_table_is_no_heading() -> None:
    page = """<table><thead><tr><th class="mgHide">Title</th></tr><tr><td>Grant to the band</td><td>Carried</td></tr>
    <tr><td>Grant to the choir</td><td>Rejected</td></tr></thead></table>"""
    (block,) = blocks_of(page)
    assert block.table is not None
    assert (block.table.rows, block.table.header_rows) == (2, 0)


def test_line_breaks() -> None:
    page = """<p>Resolved:<br>1. note it;<br>2. pay £5<br><br>A line that goes on<br>in lower case.
    <br>Present:<br>Cllr A Marsh<br>Cllr B Thorne</p>"""
    assert texts(page) == [
        "Resolved:", "1. note it;", "2. pay £5", "A line that goes on in lower case.", "Present:", "Cllr A Marsh",
        "Cllr B Thorne",
    ]


def test_a_sentence_that_a_page_break_cut_is_joined() -> None:
    page = """<p>The Panel asked for a count of the vehicles that turn at the</p>
    <p>junction of Mill Lane and the bypass.</p>"""
    assert texts(page) == [
        "The Panel asked for a count of the vehicles that turn at the junction of Mill Lane and the bypass."
    ]
    apart = "<p>After a long debate on the matter the Panel unanimously RESOLVED to</p><p>note the report.</p>"
    assert len(texts(apart)) == 2


def test_bold_and_italic() -> None:
    page = '<p><b>Whole</b> <strong>line</strong></p><p><b>part</b> only</p><p style="font-weight:bold"><i>Both</i></p>'
    assert [(block.bold, block.italic) for block in blocks_of(page)] == [(True, False), (False, False), (True, True)]


def test_what_is_not_for_reading_is_left_out() -> None:
    page = """<body><nav>Menu</nav><header>Top</header><script>var x = "£5";</script><style>p{}</style>
    <p hidden>hidden</p><p style="display:none">gone</p><p>seen<span class="mgHide">, item 5</span></p>
    <!-- comment --><template>no</template><aside>side</aside></body>"""
    assert texts(page) == ["seen"]


def test_direction_marks_and_controls_are_left_out() -> None:
    assert texts("<p>sav\u00ading of \u202e\u00a35\u202c\x00m</p>") == ["saving of £5m"]


def test_where_a_page_was_saved_from() -> None:
    page = """<!-- saved from url=(0031)https://www.netherfield.example/m7 --><html><body>
    <a href="a b\n.pdf">x</a></body></html>"""
    document = document_of(page)
    assert document.source_url == "https://www.netherfield.example/m7"
    assert document.links == ["https://www.netherfield.example/a%20b%20.pdf"]


def test_a_page_without_text_says_so() -> None:
    with pytest.raises(Unreadable) as caught:
        document_of("<html><head><script src='/check'></script></head><body><iframe src='x'></iframe></body></html>")
    assert caught.value.kind == "no_text"


def test_deep_nesting_and_entity_bombs_end() -> None:
    deep = "<div>" * 150 + "low" + "</div>" * 150 + "<b>" * 5000 + "end"
    assert texts("<p>top</p>" + deep)[:2] == ["top", "low"]
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><html><body><p>x &b;</p></body></html>'
    assert len(document_of(bomb).blocks[0].text) < 40


TAGS = st.sampled_from(
    ["<p>", "</p>", "<b>", "</td>", "<td colspan=3>", "<table>", "<tr>", "</table>", "<ol><li>", "<td rowspan=0>"]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.one_of(TAGS, st.sampled_from(["1. one", "two", "(a)", "£5m", " ", "&nbsp;"])), max_size=25))
def test_broken_markup_loses_no_words(parts: list[str]) -> None:
    try:
        text = " ".join(texts("<body>" + " ".join(parts) + " last</body>"))
    except Unreadable:
        return
    for word in ("two", "£5m", "last"):
        assert text.count(word) >= (word in parts or word == "last")


def test_soft_hyphens_ligatures_and_struck_words() -> None:
    (block,) = blocks_of("<p>The of&shy;&#xFB01;ce was o\ufb00ered <del>£8m</del><s>£7m</s> <ins>£9m</ins>.</p>")
    assert block.text == "The office was offered £9m."
