"""Pages as a ModernGov site writes them: a meeting, one item of it, a decision."""
import re
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
    subtitle = _link(front["subtitle"], f"mgCommitteeDetails.aspx?ID={front['committee_id']}", f"Link to {front['body']}")
    lines = [f'\t\t\t<div class="mgSubTitle" >\t\n\t\t\t\t<h2 class="mgSubTitleTxt">{subtitle}</h2>\n\t\t\t\t</div>']
    lines.append('\t<div class="mgLinks" >\n<ul  class="mgActionList" >')
    for said, size in front.get("links", {}).items():
        lines.append(f'\t\t<li><a  href="documents/g{front["meeting_id"]}/{said} {front["body"]}.pdf?T=0"   title="Link&#32;to'
                     f'&#32;pdf&#32;file">{said}\n\t\t\t<span  class="mgFileSize" ><img src="mgimages/logo-pdf-1.gif" alt="" />'
                     f" PDF {size}</span> </a></li>")
    lines.append('</ul>\n</div>\n<div class="mgContent" >')
    lines += [f'\t\t<p><span  class="mgLabel" >{name}: </span>{escape(said)}</p>' for name, said in front.get("labels", {}).items()]
    lines.append('\t\t<table class="mgItemTable"  summary="Table of agenda items" id="mgItemTable">\n'
                 '\t\t<caption  class="mgSectionTitle" >Items</caption>\n     <tr>\n'
                 '            <th class="mgHide" abbr="No" scope="col">No.</th>\n'
                 '            <th class="mgHide" abbr="Item" scope="col">Item</th>\n    </tr>\n')
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
    if item[0].options.get("paper") or any(block.kind == "paper" for block in item):
        size = next(block.text for block in item if block.kind == "paper")
        shown = (f'<a  class="mgAiTitleLnk"   href="documents/s{key}/{escape(title)}.pdf"    \n\t\t\t\t\ttitle="Link&#32;to&#32;'
                 f'document&#32;pdf&#32;file">{escape(title)} <span  class="mgFileSize" ><img height="12" '
                 f'src="mgimages/logo-pdf-1.gif" width="12" alt="pdf icon" /> PDF {size}</span> </a>')
    point = f"{number}." if number else ""
    parts = [f'\t\t<tr>\n\n\t\t\t<td  class="mgItemNumberCell" ><p  class="mgAiTitleTxt" ><a name="AI{key}"></a>{point}</p></td>\n'
             f'\t\t\t\t\n\t\t<td >\t\t\t\n\n\t\t\t\t\t<p  class="mgAiTitleTxt" >{shown}</p>']
    rest = [block for block in item[1:] if block.kind != "paper"]
    for kind, group in groupby(rest, key=lambda block: block.kind if block.kind in ("heading", "docs", "more") else "words"):
        parts += _part(kind, list(group), number, title, key)
    return "\n".join(parts) + "\n\t\t\t\t\t\n        </td>\n\t\t</tr>\n"


def _part(kind: str, blocks: list[Block], number: str, title: str, key: int) -> list[str]:
    if kind == "heading":
        return [f'<p class="mgSubItemTitleTxt">{escape(block.text)}</p>' for block in blocks]
    if kind == "docs":
        names = [name.strip() for name in blocks[0].text.split(";")]
        entries = "".join(f'\t\t\t\t\t\t    <li>\n\t\t\t\t\t\t    <a  href="documents/s{key + 40 + place}/{escape(name)}.pdf" >'
                          f'{escape(name)} <span  class="mgHide" >, item {number}.</span>\n\t\t\t\t\t\t    <span  class="mgFileSize" >'
                          f"PDF {180 + 31 * place} KB</span> </a>  </li>\n" for place, name in enumerate(names))
        return [f'<p class="mgSubItemTitleTxt">Additional documents:</p>\n\n<ul  class="mgBulletList" >\n{entries}</ul>']
    if kind == "more":
        said = word_section([Block("para", blocks[0].runs)]).rstrip()
        link = (f'&nbsp;...&nbsp; <a href=\n"mgAi.aspx?ID={key}" title=\n"Link to view the full item text for item {number}., '
                f'{escape(title)}">\nview the full minutes text for item {number}.</a></p>\n</div>')
        return ['<div class="mgWordPara">' + said.removesuffix("</p>\n</div>") + link + "\n</div> "]
    return ['<div class="mgWordPara">' + word_section(blocks) + "</div> "]


def _decision(source: Source) -> str:
    front = source.front
    lines = [f'<div class="mgSubTitle" >\n<h2 class="mgSubTitleTxt">{escape(front["subtitle"])}</h2>\n</div>',
             '<div class="mgLinks" >\n<ul  class="mgActionList" >\n<li>'
             + _link("Find out more about this issue", f"mgIssueHistoryHome.aspx?IId={front['issue_id']}&amp;Opt=0",
                     "Link to issue history") + '</li>\n</ul>\n</div>\n<div class="mgContent" >']
    for kind, group in groupby(source.blocks, key=lambda block: block.kind if block.kind in ("heading", "label") else "words"):
        blocks = list(group)
        if kind == "heading":
            lines += [f'<h3 class="mgSubSubTitleTxt">{escape(block.text)}</h3>' for block in blocks]
        elif kind == "label":
            for block in blocks:
                name, _, said = block.text.partition(": ")
                lines.append(f'<p><span  class="mgLabel" >{escape(name)}: </span>{escape(said).replace("/", "&#47;")}</p>')
        else:
            lines.append('<div class="mgWordPara">' + word_section(blocks) + "</div>")
    return "\n".join(lines) + "\n</div>"
