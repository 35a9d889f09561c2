"""Pages as a ModernGov site writes them: a meeting, one item of it, a decision."""
import re
from collections.abc import Callable
from html import escape
from itertools import groupby
from typing import Any

from .source import Block, Source
from .word_html import word_section

PAGE = """<!DOCTYPE html>
<html lang="en">
\t<head>
\t\t<meta charset="utf-8">
\t\t<meta name="DC.title"  content="{title}"/>
\t\t<meta name="DC.date" scheme="W3CDTF"  content="{date}"/>
\t\t<meta name="DC.date.modified" scheme="W3CDTF"  content="{modified}"/>
\t\t<title>{title} - {site}</title>
\t\t<link href="sitespecific/ssMgStyles.css" rel="stylesheet" type="text/css" />
\t</head>
\t<body>
\t\t<a class="sr-only" href="#mgMainContent">Skip to main content</a>
\t\t<header id="page-header"><a href="/"><img src="SiteSpecific/logo.png" alt="{site}" /></a></header>
\t\t<nav><ul class="menu-list">
<li><a href="mgCalendarMonthView.aspx?GL=1&amp;bcr=1" title="Link to calendar of meetings">Calendar</a></li>
<li><a href="mgListCommittees.aspx?bcr=1" title="Link to committee structure">Committees</a></li>
<li><a href="mgDelegatedDecisions.aspx?bcr=1&amp;DM=0" title="Link to register of decisions">Decisions</a></li>
<li><a href="mgWhatsNew.aspx?bcr=1" title="Link to what's new">What's New</a></li></ul></nav>
\t\t<div role="main"><a name="mgMainContent"></a>
<div id="modgov"><div class="mgHeader"><h1  class="mgMainTitleTxt" >{heading}</h1></div>
{body}
<div class="mgFooter" >
<p>&nbsp;</p>
</div>
</div>
\t\t</div>
\t\t<footer><p>&copy; {site}. Telephone the contact centre between 8.30 am and 5.00 pm.</p></footer>
\t</body>
</html>
"""

SUBTITLE = """\t\t\t<div class="mgSubTitle" >\t
\t\t\t\t<h2 class="mgSubTitleTxt">{link}</h2>
\t\t\t\t</div>"""
ACTION = """\t\t<li><a  href="documents/g{meeting}/{said} {body}.pdf?T=0"   title="Link&#32;to&#32;pdf&#32;file">{said}
\t\t\t<span  class="mgFileSize" ><img src="mgimages/logo-pdf-1.gif" alt="" /> PDF {size}</span> </a></li>"""
TABLE_HEAD = """\t\t<table class="mgItemTable"  summary="Table of agenda items" id="mgItemTable">
\t\t<caption  class="mgSectionTitle" >Items</caption>
     <tr>
            <th class="mgHide" abbr="No" scope="col">No.</th>
            <th class="mgHide" abbr="Item" scope="col">Item</th>
    </tr>
"""
PAPER = """<a  class="mgAiTitleLnk"   href="documents/s{key}/{title}.pdf"    \t
\t\t\t\t\ttitle="Link&#32;to&#32;document&#32;pdf&#32;file">{title} <span  class="mgFileSize" ><img height="12" \
src="mgimages/logo-pdf-1.gif" width="12" alt="pdf icon" /> PDF {size}</span> </a>"""
ROW_HEAD = """\t\t<tr>

\t\t\t<td  class="mgItemNumberCell" ><p  class="mgAiTitleTxt" ><a name="AI{key}"></a>{number}</p></td>
\t\t\t\t
\t\t<td >\t\t\t

\t\t\t\t\t<p  class="mgAiTitleTxt" >{title}</p>"""
ANNEX = """\t\t\t\t\t\t    <li>
\t\t\t\t\t\t    <a  href="documents/s{key}/{name}.pdf" >{name} <span  class="mgHide" >, item {number}.</span>
\t\t\t\t\t\t    <span  class="mgFileSize" >PDF {size} KB</span> </a>  </li>
"""
CUT = """&nbsp;...&nbsp; <a href=
"mgAi.aspx?ID={key}" title=
"Link to view the full item text for item {number}., {title}">
view the full minutes text for item {number}.</a></p>
</div>"""
DECISION_HEAD = """<div class="mgSubTitle" >
<h2 class="mgSubTitleTxt">{subtitle}</h2>
</div>
<div class="mgLinks" >
<ul  class="mgActionList" >
<li>{link}</li>
</ul>
</div>
<div class="mgContent" >"""


def moderngov_page(source: Source) -> str:
    """The source as a page; front matter `page` is meeting, item or decision."""
    front = source.front
    body = _decision(source) if front["page"] == "decision" else _meeting(source)
    date = str(front.get("held_on") or front.get("modified"))
    return PAGE.format(title=escape(front["title"]), date=date, modified=front.get("modified", date),
                       site=escape(front["site"]), heading=escape(front["heading"]), body=body)


def _link(text: str, href: str, title: str) -> str:
    return f'<a  href="{href}"  title="{escape(title).replace(" ", "&#32;")}">{escape(text)}</a>'


def _meeting(source: Source) -> str:
    front: dict[str, Any] = source.front
    committee = f"mgCommitteeDetails.aspx?ID={front['committee_id']}"
    lines = [SUBTITLE.format(link=_link(front["subtitle"], committee, f"Link to {front['body']}"))]
    lines.append('\t<div class="mgLinks" >\n<ul  class="mgActionList" >')
    lines += [ACTION.format(meeting=front["meeting_id"], said=said, body=front["body"], size=size)
              for said, size in front.get("links", {}).items()]
    lines.append('</ul>\n</div>\n<div class="mgContent" >')
    lines += [f'\t\t<p><span  class="mgLabel" >{name}: </span>{escape(said)}</p>'
              for name, said in front.get("labels", {}).items()]
    lines.append(TABLE_HEAD)
    lines += [_row(item, front) for item in items(source.blocks)]
    lines.append("\t\t</table>\n</div>")
    return "\n".join(lines)


def items(blocks: list[Block]) -> list[list[Block]]:
    """The blocks item by item, each beginning with its heading."""
    found: list[list[Block]] = []
    for block in blocks:
        if block.kind == "heading" and block.level == 2:
            found.append([])
        found[-1].append(block)
    return found


def number_and_title(heading: Block) -> tuple[str, str]:
    """The printed number ("" where there is none) and the title of an item's heading."""
    found = re.fullmatch(r"(?:(\d[\w./]*)\.? )?(.*)", heading.text)
    assert found
    return (found[1] or "").rstrip("."), found[2]


def _row(item: list[Block], front: dict[str, Any]) -> str:
    number, title = number_and_title(item[0])
    key = int(front["meeting_id"]) * 3 + int(number or 0)
    shown = escape(title)
    for block in item:
        if block.kind == "paper":
            shown = PAPER.format(key=key, title=escape(title), size=block.text)
    parts = [ROW_HEAD.format(key=key, number=f"{number}." if number else "", title=shown)]
    rest = [block for block in item[1:] if block.kind != "paper"]
    for kind, group in groupby(rest, key=_kind("heading", "docs", "more")):
        parts += _part(kind, list(group), number, title, key)
    return "\n".join(parts) + "\n\t\t\t\t\t\n        </td>\n\t\t</tr>\n"


def _kind(*kinds: str) -> Callable[[Block], str]:
    """A key that tells blocks of `kinds` apart from running words."""
    return lambda block: block.kind if block.kind in kinds else "words"


def _part(kind: str, blocks: list[Block], number: str, title: str, key: int) -> list[str]:
    if kind == "heading":
        return [f'<p class="mgSubItemTitleTxt">{escape(block.text)}</p>' for block in blocks]
    if kind == "docs":
        names = [name.strip() for name in blocks[0].text.split(";")]
        entries = "".join(ANNEX.format(key=key + 40 + place, name=escape(name), number=number, size=180 + 31 * place)
                          for place, name in enumerate(names))
        head = '<p class="mgSubItemTitleTxt">Additional documents:</p>'
        return [f'{head}\n\n<ul  class="mgBulletList" >\n{entries}</ul>']
    if kind == "more":
        said = word_section([Block("para", blocks[0].runs)]).rstrip().removesuffix("</p>\n</div>")
        cut = CUT.format(key=key, number=number, title=escape(title))
        return [f'<div class="mgWordPara">{said}{cut}\n</div> ']
    return ['<div class="mgWordPara">' + word_section(blocks) + "</div> "]


def _decision(source: Source) -> str:
    front = source.front
    history = f"mgIssueHistoryHome.aspx?IId={front['issue_id']}&amp;Opt=0"
    link = _link("Find out more about this issue", history, "Link to issue history")
    lines = [DECISION_HEAD.format(subtitle=escape(front["subtitle"]), link=link)]
    for kind, group in groupby(source.blocks, key=_kind("heading", "label")):
        blocks = list(group)
        if kind == "heading":
            lines += [f'<h3 class="mgSubSubTitleTxt">{escape(block.text)}</h3>' for block in blocks]
        elif kind == "label":
            lines += [_label(*block.text.split(": ", 1)) for block in blocks]
        else:
            lines.append('<div class="mgWordPara">' + word_section(blocks) + "</div>")
    return "\n".join(lines) + "\n</div>"


def _label(name: str, said: str) -> str:
    return f'<p><span  class="mgLabel" >{escape(name)}: </span>{escape(said).replace("/", "&#47;")}</p>'
