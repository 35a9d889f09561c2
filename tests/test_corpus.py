"""The corpus: its gold tells what its documents say, and both are what the sources make."""
import json
import re
import unicodedata
from collections import Counter
from html import unescape
from pathlib import Path

import docx
import pypdfium2
import pytest
import yaml
from bs4 import BeautifulSoup
from docx.table import Table

from corpus.builder import __main__ as build
from corpus.builder import styles
from corpus.builder.source import read_source

CORPUS = build.HERE
GOLD = sorted((CORPUS / "gold").rglob("*.json"))
STYLES = sorted((styles.STYLES / "gold").rglob("*.json"))
SOURCES = {f"{path.parent.name}/{path.stem}": path for path in build.sources()}
FOLD = str.maketrans("’‘“”–—−", "''\"\"---")


def squeezed(text: str) -> str:
    """The words alone: no white space, one style of quote and dash, no case."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).translate(FOLD)).lower()


def text_of(path: Path) -> str:
    """The words of a built document, by a library that knows nothing of the sources."""
    if path.suffix == ".pdf":
        pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]
        return "\n".join(pages).replace("\x02", "-").replace("￾", "-")
    if path.suffix == ".docx":
        blocks = docx.Document(str(path)).iter_inner_content()
        return "\n".join(" ".join(cell.text for row in block.rows for cell in row.cells)
                         if isinstance(block, Table) else block.text for block in blocks)
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".xml":
        text = unescape(unescape(text.partition("?>")[2]))
    return BeautifulSoup(text, "lxml").get_text(" ") if path.suffix in (".xml", ".html") else text.replace("**", "")


def follow(text: str, quotations: list[str]) -> str | None:
    """The first quotation not found after the one before it; None where all are."""
    place = 0
    for quotation in quotations:
        found = text.find(squeezed(quotation), place)
        if found < 0:
            return quotation
        place = found + 1
    return None


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_is_what_the_source_makes(path: Path) -> None:
    source = read_source(SOURCES[f"{path.parent.name}/{path.stem}"])
    assert path.read_text(encoding="utf-8") == build.gold_text(source)


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_quotations_stand_in_the_document_in_order(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    front = read_source(SOURCES[f"{path.parent.name}/{path.stem}"]).front
    document = text_of(CORPUS / gold["document"])
    if front.get("scan"):
        assert squeezed(document) == ""
        return
    text = squeezed(document)
    assert follow(text, [item["title"] for item in gold["items"]]) is None
    assert follow(text, [resolution["starts"] for resolution in gold["resolutions"]]) is None
    assert [r["ends"] for r in gold["resolutions"] if squeezed(r["ends"]) not in text] == []
    assert follow(text, [figure["raw"] for figure in gold["budget_figures"]]) is None
    assert follow(text, [option["starts"] for option in gold["options"]]) is None


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_every_pound_is_a_figure(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    if read_source(SOURCES[f"{path.parent.name}/{path.stem}"]).front.get("scan"):
        return
    sums = re.findall(r"£(?!000)\d", text_of(CORPUS / gold["document"]))
    assert len(sums) == sum(figure["raw"].count("£") for figure in gold["budget_figures"])


@pytest.mark.parametrize("path", GOLD + STYLES, ids=lambda path: path.stem)
def test_words_of_the_guide_are_kept(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    for resolution in gold["resolutions"]:
        assert len(resolution.get("actions", [])) in (0, resolution.get("clauses")), resolution["starts"]
        assert set(resolution.get("actions", [])) <= ACTIONS, resolution["starts"]
        assert resolution["kind"] in KINDS, resolution["starts"]
    for figure in gold["budget_figures"]:
        assert figure.get("measure", "other") in MEASURES, figure["raw"]
        assert figure.get("qualifier", "about") in QUALIFIERS, figure["raw"]
        assert figure.get("per", "year") in {"year", "month", "week", "day", "hour", "unit"}, figure["raw"]
        assert re.fullmatch(r"20\d\d/\d\d|19\d\d/\d\d", figure.get("year", "2020/21")), figure["raw"]
    for option in gold["options"]:
        assert option.get("status", "preferred") in {"preferred", "rejected", "considered"}, option["starts"]


@pytest.mark.parametrize("path", [p for p in SOURCES.values() if read_source(p).front["format"] in build.TEXTS],
                         ids=lambda path: path.stem)
def test_text_documents_are_what_the_source_makes(path: Path) -> None:
    source = read_source(path)
    assert (CORPUS / build.document_path(path, source.front)).read_bytes() == build.rendered(source)


def test_every_source_has_its_gold_and_document() -> None:
    assert {f"{path.parent.name}/{path.stem}" for path in GOLD} == set(SOURCES)
    assert [path for path in GOLD if not (CORPUS / json.loads(path.read_text())["document"]).is_file()] == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_gold_of_a_style_quotes_its_document(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    text = squeezed(text_of(styles.STYLES / gold["document"]))
    assert set(gold) == {"document", "kind", "council", "body", "held_on", "items", "resolutions", "budget_figures",
                         "options", "services"}
    assert follow(text, [item["title"] for item in gold["items"]]) is None
    assert follow(text, [figure["raw"] for figure in gold["budget_figures"]]) is None
    assert follow(text, [option["starts"] for option in gold["options"]]) is None
    assert len(re.findall(r"£\d", text)) == sum(figure["raw"].count("£") for figure in gold["budget_figures"])
    for resolution in gold["resolutions"]:
        assert follow(text, [resolution["starts"]]) is None
        assert follow(text, [resolution["ends"]]) is None
        assert follow(text, [resolution.get("mover", "")]) is None
        assert follow(text, [resolution.get("seconder", "")]) is None
        assert resolution.get("item") in {None} | {item["number"] for item in gold["items"]}


@pytest.mark.parametrize("path", [p for p in styles.sources() if read_source(p).front["format"] == "html"],
                         ids=lambda path: path.stem)
def test_pages_of_a_style_are_what_the_source_makes(path: Path) -> None:
    assert styles.document_of(path).read_bytes() == build.rendered(read_source(path))


def test_every_style_has_its_gold_and_is_counted() -> None:
    names = [document.relative_to(styles.STYLES) for document in styles.documents()]
    assert sorted(json.loads(path.read_text())["document"] for path in STYLES) == [name.as_posix() for name in names]
    assert Counter(name.suffix for name in names) == {".txt": 42, ".pdf": 20, ".html": 8, ".docx": 5}
    assert styles.table_of(styles.documents()) in (CORPUS / "builder" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_no_style_names_a_real_authority(path: Path) -> None:
    gold = path.read_text(encoding="utf-8")
    text = text_of(styles.STYLES / json.loads(gold)["document"])
    assert [name for name in REAL.findall(f"{text} {gold}") if name[0].isupper()] == []


def test_breadth_of_the_corpus() -> None:
    fronts = [read_source(path).front for path in SOURCES.values()]
    assert len(fronts) >= 24
    assert len({front["style"] for front in fronts}) >= 8
    assert {front["format"] for front in fronts} == {"pdf", "docx", "html", "xml", "txt", "md"}
    assert {front["renderer"] for front in fronts if front["format"] == "pdf"} == set(build.RENDERERS)
    assert {front["kind"] for front in fronts} >= {"minutes", "agenda", "report", "decision_notice", "other"}
    assert sum(bool(front.get("scan")) for front in fronts) == 1


def test_table_of_budgets_runs_over_two_pages() -> None:
    pages = [page.get_textpage().get_text_range()
             for page in pypdfium2.PdfDocument(CORPUS / "netherfield/revenue-monitoring-report-2024-11.pdf")]
    assert len([page for page in pages if "Directorate and service" in page]) == 2


def _real_names() -> re.Pattern[str]:
    """Every name of every principal authority, as words."""
    rows = [row for name in ("councils", "councils_extra")
            for row in yaml.load((CORPUS.parent / "rules" / f"{name}.yaml").read_bytes(), yaml.CSafeLoader)]
    names = {name for row in rows for name in (row["name"], row["official_name"], *row.get("names", []))}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names)))})\b", re.IGNORECASE)


REAL = _real_names()
ACTIONS = {"approve", "agree", "note", "appoint", "confirm_minutes", "adopt", "amend", "allocate", "award", "authorise",
           "delegate", "refer", "recommend", "request", "receive", "defer", "reject", "exclude_public", "thank",
           "consider", "other"}
KINDS = {"resolved", "recommended", "agreed", "approved", "noted", "decided", "ordered", "refused", "deferred", "lost",
         "other", "moved"}
MEASURES = {"budget", "contribution", "expenditure", "income", "funding", "saving", "overspend", "underspend",
            "variance", "cost", "rate", "contract", "transfer", "reserve", "debt", "fine", "value", "share", "other"}
QUALIFIERS = {"about", "up_to", "at_least", "over", "under", "between"}
