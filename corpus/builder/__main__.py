"""Build every document of the corpus, and its gold, from the sources: `python -m corpus.builder [NAME ...]`."""
import json
import sys
from importlib import import_module
from pathlib import Path

from .gold import gold_of
from .moderngov import moderngov_page
from .plain import markdown, plain_text
from .source import Source, read_source
from .webservice import webservice_xml

HERE = Path(__file__).resolve().parent.parent
TEXTS = {"html": moderngov_page, "xml": webservice_xml, "txt": plain_text, "md": markdown}
RENDERERS = ("reportlab", "typst", "fpdf")
HEAD = ("| document | author's style | made as | what it is for |", "| --- | --- | --- | --- |")
MARK = "<!-- table written by corpus.builder -->"


def sources() -> list[Path]:
    """The sources, in order."""
    return sorted((HERE / "sources").glob("*/*.src"))


def document_path(path: Path, front: dict[str, object]) -> str:
    """Where the document of the source at `path` goes, from the corpus folder."""
    return f"{path.parent.name}/{path.stem}.{front['format']}"


def rendered(source: Source) -> bytes:
    """The document's bytes."""
    kind = source.front["format"]
    if kind in TEXTS:
        return TEXTS[kind](source).encode()
    # The renderers are wanted by builders alone: whoever only reads the sources need not have them.
    if kind == "docx":
        from .word import word_docx
        return word_docx(source)
    if source.front["renderer"] not in RENDERERS:
        raise ValueError(f"{source.path}: no such renderer: {source.front['renderer']}")
    if source.front.get("bind"):
        from .pack import pack_pdf
        return pack_pdf(source, rendered)
    name = f"{source.front['renderer']}_pdf"
    pdf: bytes = getattr(import_module(f".{name}", __package__), name)(source)
    if not source.front.get("scan"):
        return pdf
    from .scan import scanned
    return scanned(pdf)


def gold_text(source: Source) -> str:
    """The gold as it stands in its file."""
    document = document_path(source.path, source.front)
    if source.front.get("bind"):
        from .pack import pack_gold
        gold = pack_gold(source, document)
    else:
        gold = gold_of(source, document)
    return json.dumps(gold, indent=1, ensure_ascii=False) + "\n"


def table_of(all_sources: list[Source]) -> str:
    """The table of documents for the README."""
    rows = list(HEAD)
    for source in all_sources:
        front = source.front
        made = f"{front['format']}, {front['renderer']}" if "renderer" in front else front["format"]
        made += ", scanned" if front.get("scan") else ""
        rows.append(f"| `{document_path(source.path, front)}` | {front['style']} | {made} | {front['purpose']} |")
    return "\n".join(rows)


def main(names: list[str]) -> None:
    """Build the documents whose source's path holds one of `names`; all, where none is given."""
    all_sources = [read_source(path) for path in sources()]
    for source in all_sources:
        if names and not any(name in str(source.path) for name in names):
            continue
        target = HERE / document_path(source.path, source.front)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(rendered(source))
        gold = HERE / "gold" / source.path.parent.name / f"{source.path.stem}.json"
        gold.parent.mkdir(exist_ok=True)
        gold.write_text(gold_text(source), encoding="utf-8")
        print(target.relative_to(HERE))
    readme = HERE / "builder" / "README.md"
    if readme.exists():
        before, _, rest = readme.read_text(encoding="utf-8").partition(MARK)
        after = rest.partition(MARK)[2]
        readme.write_text(f"{before}{MARK}\n{table_of(all_sources)}\n{MARK}{after}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
