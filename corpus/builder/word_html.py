"""The HTML that Word leaves behind in ModernGov: hard-wrapped lines, Mso classes, nested list numbers."""
import textwrap
from html import escape

from .source import Block, Run

GAP = '<span style=\n"font:7.0pt &quot;Times New Roman&quot;">' + "&nbsp;" * 4 + "</span>"
EMPTY = '<p class="MsoNormal">&nbsp;</p>'


def word_section(blocks: list[Block]) -> str:
    """Paragraphs, limbs and tables as one `WordSection1`."""
    return '<div class="WordSection1">\n' + f"\n{EMPTY}\n".join(_paragraph(block) for block in blocks) + "\n</div>\n"


def _paragraph(block: Block) -> str:
    if block.kind == "table":
        return _table(block)
    text = _wrapped("".join(_run(run) for run in block.runs))
    if block.kind == "limb":
        indent = 18.0 * block.level
        label = f'<span style=""><span style="">{escape(block.label)}{GAP}</span></span>' if block.label else ""
        return (f'<p class="MsoListParagraph" style=\n"margin-left:{indent}pt; text-indent:-18.0pt">{label}\n'
                f"{text}</p>")
    return f'<p class="MsoNormal">{text}</p>'


def _run(run: Run) -> str:
    said = escape(run.text, quote=False).replace("’", "&rsquo;").replace("–", "&ndash;")
    return f'<b style="">{said}</b>' if run.bold else said


def _wrapped(text: str) -> str:
    return textwrap.fill(text, 70, break_long_words=False, break_on_hyphens=False)


def _table(block: Block) -> str:
    rows = []
    for row in block.rows:
        cells = "".join('<td valign="top" style=\n"border:solid windowtext 1.0pt; padding:0cm 5.4pt">'
                        f'<p class="MsoNormal">{_wrapped("".join(_run(run) for run in cell)) or "&nbsp;"}</p></td>\n'
                        for cell in row)
        rows.append(f"<tr>\n{cells}</tr>")
    head = '<table class="MsoNormalTable" border="1" cellspacing="0" cellpadding="0">'
    return "\n".join([head, *rows, "</table>"])
