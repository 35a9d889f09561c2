"""Derives `rules/councils.yaml` from the reference tables of UK authorities.

    python rules/derive/councils.py FOLDER

FOLDER holds `uk_local_authorities.csv` and `lookup_name_to_registry.csv` (mySociety,
uk_local_authority_names_and_codes, MIT) and `democracy_sites.csv` (DemocracyClub's metadata of
meetings sites, BSD). What these lack or have wrong stands in `councils_corrections.yaml` beside this file.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

HERE = Path(__file__).resolve().parent
# The Office for National Statistics counts the City of London among the 33 London boroughs.
KINDS = {
    "LBO": "london_borough", "CC": "london_borough", "MD": "metropolitan", "CTY": "county",
    "NMD": "district", "NID": "district", "UA": "unitary", "SCO": "unitary", "WPA": "unitary",
    "COMB": "combined_authority", "SRA": "other",
}
# The tables give a registration date, or none, for councils made by the acts of 1963, 1972 and 1994.
FIRST_DAYS = {
    "LBO": date(1965, 4, 1), "MD": date(1974, 4, 1), "CTY": date(1974, 4, 1), "NMD": date(1974, 4, 1),
    "SCO": date(1996, 4, 1), "WPA": date(1996, 4, 1),
}
PLATFORMS = {"ModernGov": "moderngov", "CMIS": "cmis"}
HOSTING = re.compile(r"(moderngov\.co\.uk|cmis\.uk\.com|cmis-ni\.org|basildonmeetings\.info)$")
SMALL_WORDS = {"and", "of", "the", "upon", "in", "with", "under", "on", "le", "by"}
# Initials that council papers use for other things: to be confirmed, Police and Crime Commissioner, the
# broadcaster, full and outline business cases, any metropolitan borough.
ORDINARY = {"ABC", "BBC", "FBC", "MBC", "MDC", "OBC", "PCC", "TBC"}
HEADER = """\
# All principal and combined authorities of the United Kingdom since about 1997, one a line.
# Written by `rules/derive/councils.py` from public tables: correct `rules/derive/councils_corrections.yaml`,
# not this file. Authorities that the tables lack are in `councils_extra.yaml`, in the same form.
# `names` are others that people use; "<name> Council", "<name> MBC", "London Borough of <name>" and the
# like need no entry. An abbreviation may belong to several. `ambiguous` names count only with a designation.
"""


def rows(path: Path) -> list[dict[str, str]]:
    """The table's rows by column name, without stray white space."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        return [{k: " ".join((v or "").split()) for k, v in row.items()} for row in csv.DictReader(file)]


def abbreviations(name: str, official: str, kind: str, nation: str) -> list[str]:
    """The initials that an authority goes by, from its short name and its kind: LBB, OMBC, KCC."""
    parts = re.split(r"[\s,&-]+", name.replace("'", ""))
    words = [word for word in parts if word and word != "and"]
    short = "".join(word[0] for word in words if word.lower() not in SMALL_WORDS).upper()
    initials = dict.fromkeys([short, "".join(word[0] for word in words).upper()])
    if kind == "london_borough":
        if "Borough" not in official:
            return []
        prefix = "RB" if official.startswith("Royal") else "LB"
        return [prefix + start for start in initials]
    if kind == "metropolitan":
        forms = {"City": "CC", "District Council": "MDC"}
        endings = [ending for word, ending in forms.items() if word in official] or ["MBC"]
    elif kind == "county" or " County Council" in official:
        endings = ["CC"]
    elif "County Borough" in official:
        endings = ["CBC"]
    elif kind in ("district", "unitary") and nation == "England":
        forms = {"City Council": "CC", "Borough Council": "BC", "District Council": "DC"}
        endings = [short for long, short in forms.items() if official.endswith(long)] or ["C"]
    else:
        return []
    found = [start + ending for start in initials for ending in endings]
    return [short for short in found if len(short) > 2 and short not in ORDINARY]


def last_day(text: str) -> date | None:
    """The last day of an authority; the tables sometimes give its successor's first."""
    if not text:
        return None
    day = date.fromisoformat(text)
    return day - timedelta(days=1) if (day.month, day.day) == (4, 1) else day


def first_day(row: dict[str, str], site: dict[str, str]) -> date | None:
    """The first day of an authority: its act's, unless it was made later."""
    stated = [date.fromisoformat(text) for text in (row["start-date"], site.get("start", "")) if text]
    kind = row["local-authority-type"]
    if kind == "NID" and row["end-date"]:
        return date(1973, 10, 1)
    if kind in FIRST_DAYS:
        remade = kind == "NMD" and row["start-date"] > "2000"
        return date.fromisoformat(row["start-date"]) if remade else FIRST_DAYS[kind]
    # Registers of 2005 note the day of registration; the new councils of 2009 and later, their first.
    if row["start-date"] >= "2009":
        return stated[0]
    return min(stated, default=None)


def other_names(known: Iterable[str], short: str, official: str) -> list[str]:
    """The names of the lookup that say more than the short name with a designation does."""
    said = {short.lower(), official.lower(), f"{short} Council".lower()}
    names = []
    for name in known:
        dirty = name == name.lower() or not name.isprintable() or "�" in name or "ï" in name
        if dirty or re.search(r" (UA|CA|CC|CCA|MCA)$|, |\bC ity\b|, City of$", name):
            continue
        if name.replace("&", "and").lower() not in said:
            said.add(name.replace("&", "and").lower())
            names.append(name)
    return names


def website(address: str, name: str) -> str | None:
    """The authority's own site: that of its meetings site, or, where those are hosted elsewhere, its name's.

    The latter were checked by hand when written; those that differ stand in the corrections.
    """
    host = urlsplit(address).hostname or ""
    if HOSTING.search(host):
        return "https://www." + re.sub(r"[\W_]+", "", name.lower()) + ".gov.uk"
    if not host:
        return None
    labels = host.split(".")
    keep = 3 if host.endswith((".gov.uk", ".gov.wales", ".org.uk", ".co.uk")) else 2
    return "https://www." + ".".join(labels[-keep:])


def papers_url(platform: str | None, address: str) -> str | None:
    """Where its papers are, if the table's address, which is that of its members' pages, does not say so itself.

    ModernGov has both at one address. CMIS has its calendar in the folder in which its pages of members begin.
    """
    if platform != "cmis":
        return None
    parts = urlsplit(address)
    kept: list[str] = []
    for segment in parts.path.split("/"):
        if re.search(r"councillor|member|\.aspx$", segment, re.IGNORECASE):
            break
        kept.append(segment)
    return f"{parts.scheme}://{parts.netloc}{'/'.join(kept).rstrip('/')}"


def entry(row: dict[str, str], site: dict[str, str], known: list[str], fix: dict[str, Any]) -> dict[str, Any]:
    """One line of the file, empty fields left out; successors are still three-letter codes."""
    kind = KINDS[row["local-authority-type"]]
    name = fix.get("name", row["nice-name"])
    official = fix.get("official_name", row["official-name"])
    address = site.get("address", "")
    record: dict[str, Any] = {
        "id": row["gss-code"] or f"x-{row['local-authority-code'].lower()}",
        "name": name,
        "official_name": official,
        "kind": kind,
        "nation": row["nation"],
        "valid_from": first_day(row, site),
        "valid_to": last_day(row["end-date"]),
        "successor": [code for code in row["replaced-by"].split(",") if code],
        "website": None if row["end-date"] else website(address, name),
        "democracy_url": address or None,
        "platform": fix.get("platform") or PLATFORMS.get(site.get("platform", ""), "other" if address else None),
        "papers_url": None,
        "names": other_names([*fix.get("names", []), *known], name, official),
        "abbreviations": abbreviations(name, official, kind, row["nation"]),
    }
    record["papers_url"] = papers_url(record["platform"], address)
    for key, value in fix.items():
        if key == "abbreviations":
            record[key] = [*record[key], *(new for new in value if new not in record[key])]
        elif key not in ("names", "site"):
            record[key] = value
    return {key: value for key, value in record.items() if value not in (None, [], "")}


def councils(folder: Path) -> list[dict[str, Any]]:
    """All entries, in the order of their ids."""
    corrections = yaml.safe_load((HERE / "councils_corrections.yaml").read_text(encoding="utf-8"))
    sites = {row["code"]: row for row in rows(folder / "democracy_sites.csv")}
    known: dict[str, list[str]] = defaultdict(list)
    for row in rows(folder / "lookup_name_to_registry.csv"):
        known[row["local-authority-code"]].append(row["la-name"])
    found: dict[str, dict[str, Any]] = {}
    for row in rows(folder / "uk_local_authorities.csv"):
        code = row["local-authority-code"]
        fix = corrections.pop(code, {})
        found[code] = entry(row, sites.get(fix.get("site", code), {}), known[code], fix)
    if corrections:
        raise ValueError(f"corrections of unknown authorities: {sorted(corrections)}")
    for record in found.values():
        if "successor" in record:
            record["successor"] = [
                found[code]["id"] if code in found else code for code in record["successor"]
            ]
    return sorted(found.values(), key=lambda record: str(record["id"]))


def main(folder: str) -> None:
    """Writes the file anew."""
    style: dict[str, Any] = {"default_flow_style": True, "sort_keys": False, "allow_unicode": True}
    lines = ["- " + yaml.safe_dump(record, width=10**6, **style) for record in councils(Path(folder))]
    (HERE.parent / "councils.yaml").write_text(HEADER + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
