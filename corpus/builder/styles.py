"""Build the documents of `corpus/styles` that are not plain text: `python -m corpus.builder.styles [NAME ...]`."""
import re
import sys
from collections import Counter
from itertools import groupby
from pathlib import Path

from .__main__ import HERE, rendered
from .source import read_source

STYLES = HERE / "styles"
HEAD = ("| folder | documents | styles, and what each was made as |", "| --- | --- | --- |")
MARK = "<!-- table written by corpus.builder.styles -->"


def sources() -> list[Path]:
    """The sources of all documents that are not their own source, in order."""
    return sorted((STYLES / "sources").glob("*/*.src"))


def document_of(path: Path) -> Path:
    """Where the document of the source at `path` goes."""
    return STYLES / path.parent.name / f"{path.stem}.{read_source(path).front['format']}"


def documents() -> list[Path]:
    """All documents, text and built, in order."""
    apart = {STYLES / "gold", STYLES / "sources"}
    return sorted(path for folder in STYLES.iterdir() if folder.is_dir() and folder not in apart
                  for path in folder.iterdir())


def style_of(document: Path) -> str:
    """The style that a document's name tells, such as `planning flattened`."""
    return re.sub(r"-\d+$", "", document.stem).replace("-", " ")


def table_of(all_documents: list[Path]) -> str:
    """The table of styles for the README."""
    rows = list(HEAD)
    for folder, group in groupby(all_documents, key=lambda path: path.parent.name):
        counts = Counter((style_of(path), path.suffix[1:]) for path in group)
        told = "; ".join(f"{style} ({made}{f', {count}' if count > 1 else ''})"
                         for (style, made), count in counts.items())
        rows.append(f"| `{folder}` | {counts.total()} | {told} |")
    return "\n".join([*rows, f"| all | {len(all_documents)} | |"])


def main(names: list[str]) -> None:
    """Build the documents whose source's path holds one of `names`; all, where none is given."""
    for path in sources():
        if names and not any(name in str(path) for name in names):
            continue
        target = document_of(path)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(rendered(read_source(path)))
        print(target.relative_to(HERE))
    readme = HERE / "builder" / "README.md"
    before, _, rest = readme.read_text(encoding="utf-8").partition(MARK)
    readme.write_text(f"{before}{MARK}\n{table_of(documents())}\n{MARK}{rest.partition(MARK)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
