"""`python -m evaluation.faults`: try everything, keep what was found in `faults.json`, and write it as `faults.md`."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evaluation.faults import files, kills, scrapes
from evaluation.faults.files import FAMILIES, Tried

HERE = Path(__file__).resolve().parent.parent
KEPT, PAGE = HERE / "faults.json", HERE / "faults.md"
SUFFIXES = {".pdf", ".docx", ".html", ".htm", ".xml", ".doc", ".rtf", ".odt", ".txt"}
COLLECTIONS = "test files of PDF, Word and XML libraries"
KILLS = 200


def main() -> None:
    """Try what is asked for, by default all of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", nargs="*", metavar="WORD", help="families whose name holds one of the words; kills")
    parser.add_argument("--most", type=int, metavar="N", help="files of each family at most")
    parser.add_argument("--kills", type=int, default=KILLS, metavar="N", help="runs that are killed")
    parser.add_argument("--minutes", type=float, default=float("inf"), metavar="N", help="time for them at most")
    parser.add_argument("--collections", type=Path, metavar="FOLDER", help="unpacked test files of other libraries")
    parser.add_argument("--write", action="store_true", help="keep the result in evaluation/faults.json and faults.md")
    options = parser.parse_args()
    kept: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    wanted = [name for name in FAMILIES if options.only is None or any(word in name for word in options.only)]
    for name in wanted:
        _note(kept, name, files.try_family(name, most=options.most))
    if options.collections is not None:
        _note(kept, COLLECTIONS, _collections(options.collections))
    if options.only is None or "kills" in options.only:
        of_scrapes = options.kills // (len(kills.SCENES) + 1)
        for killed in (scrapes.kill_scrapes(of_scrapes), *kills.kill_all(options.kills - of_scrapes, options.minutes)):
            kept[f"kill: {killed.what}"] = {**asdict(killed), "on": _today()}
            print(killed, flush=True)
    if options.write:
        KEPT.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        PAGE.write_text(page(kept), encoding="utf-8")
    sys.exit(0 if all(map(_safe, kept.values())) else 1)


def _note(kept: dict[str, Any], name: str, tried: Tried) -> None:
    kept[name] = {**vars(tried), "ended": dict(tried.ended), "on": _today()}
    print(f"{name}: {tried.files} files, {tried.read} read, {tried.told} told, silent {tried.silent[:3]}, "
          f"faults of ours {tried.faults[:3]}, ended {dict(tried.ended)}", flush=True)


def _collections(folder: Path) -> Tried:
    """Read the files of other libraries' tests, wherever they lie below `folder`, under names of their own."""
    with tempfile.TemporaryDirectory(prefix="minutebook-faults-") as place:
        papers = Path(place) / "papers"
        papers.mkdir()
        found = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix.lower() in SUFFIXES]
        for number, path in enumerate(found):
            shutil.copy(path, papers / f"{number:04}-{path.name[-100:]}")
        return files.try_folder(COLLECTIONS, papers)


def _today() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d}"


def _safe(result: dict[str, Any]) -> bool:
    if "kills" in result:
        return not result["unreadable"] and not result["different"]
    return not result["silent"] and result["witnesses"]


def page(kept: dict[str, Any]) -> str:
    """What is kept in `faults.md`."""
    tried = {name: one for name, one in kept.items() if "files" in one}
    killed = [one for one in kept.values() if "kills" in one]
    total = {key: sum(one[key] for one in tried.values()) for key in ("files", "read", "told")}
    lines = [
        "# Faults", "",
        "`python -m evaluation.faults --write`. The draws are seeded. Each family of files is read as a run reads it, "
        f"with two workers, {files.LIMITS.seconds:g} seconds and {files.LIMITS.megabytes} MB for each (a fifth and "
        "half of what a run allows), three sound papers among them. *told*: a row of `problems` says what is wrong; "
        "*ended*: of these, how the reader ended where the file took it down, which costs that file alone; *silent*: "
        "neither read nor told of; *sound*: the sound papers gave the rows that they give alone.", "",
        "| files | tried | read | told | ended | fault of ours | silent | sound | on |",
        "| --- | ---: | ---: | ---: | --- | ---: | ---: | --- | --- |",
        *(f"| {name} | {one['files']} | {one['read']} | {one['told']} | {_ended(one['ended'])} | {len(one['faults'])} "
          f"| {len(one['silent'])} | {'yes' if one['witnesses'] else '**no**'} | {one['on']} |"
          for name, one in tried.items()),
        f"| **all** | {total['files']} | {total['read']} | {total['told']} | | | | | |", "",
        "Runs killed with SIGKILL at random moments, half of them with their workers, half without. *torn*: the "
        "published database (of a scrape: the ledger) did not open, or held neither what it held before nor what the "
        "run makes; *different*: the next run did not end with the rows of an undisturbed one (of a scrape: with all "
        "that is published, and nothing half).", "",
        "| run | killed | of these before its end | torn | different |", "| --- | ---: | ---: | ---: | ---: |",
        *(f"| {one['what']} | {one['kills']} | {one['during']} | {len(one['unreadable'])} | {len(one['different'])} |"
          for one in killed), "",
        "Names, links in circles, files that vanish or grow, a disk that fills and what may not be read are tests "
        "(`tests/test_disks.py`), as are two runs anywhere that give the same bytes (`tests/test_determinism.py`).", "",
    ]
    return "\n".join(lines)


def _ended(ended: dict[str, int]) -> str:
    told = ((kind.replace("_", " "), count) for kind, count in sorted(ended.items()) if kind != "internal_error")
    return ", ".join(f"{count} {kind}" for kind, count in told)


if __name__ == "__main__":
    main()
