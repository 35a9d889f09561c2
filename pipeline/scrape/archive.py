"""The archive: a folder that keeps what councils published, each content once, with a ledger of where and when.

    ARCHIVE/objects/ab/cd/<sha256>.<pdf|xml|html|...>   what `minutebook ingest ARCHIVE` reads
    ARCHIVE/ledger/ledger.sqlite                        see `ledger`
    ARCHIVE/ledger/partial/                             downloads that are not finished

Bytes come to the disk before the ledger names them, and the ledger names them in one transaction: a run that is killed
leaves at most a file that the next run finds to be there already.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType

from pipeline.scrape.ledger import Ledger, Version, VisitOutcome

LEDGER = Path("ledger") / "ledger.sqlite"
KEPT = timedelta(days=90)
"""For how long visits, and parts of downloads, are of use."""
NOT_PAPERS = ".minutebook-ignore"
"""The mark of a folder that `minutebook ingest` passes by."""


class Occupied(Exception):
    """Another run is writing this archive."""


class Archive:
    """An archive, open for writing by this process alone.

    Raises Occupied where another process has it open, `ledger.NotALedger` where the folder holds something else.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.partial = folder / LEDGER.parent / "partial"
        self.partial.mkdir(parents=True, exist_ok=True)
        (folder / LEDGER.parent / NOT_PAPERS).touch()
        self._alone = (folder / LEDGER.parent / "lock").open("w")
        try:
            fcntl.flock(self._alone, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._alone.close()
            raise Occupied(f"another run is writing {folder}: wait for it, or name another archive") from error
        self.ledger = Ledger(folder / LEDGER)

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let others have it."""
        self.ledger.close()
        self._alone.close()

    def tidy(self, now: datetime) -> None:
        """Forget downloads that nobody went on with, and visits of long ago."""
        self.ledger.prune(now - KEPT)
        for part in self.partial.iterdir():
            if now.timestamp() - part.stat().st_mtime > KEPT.total_seconds():
                part.unlink()

    def path_of(self, sha256: str, extension: str) -> Path:
        """Where the content with this hash lies, or would lie."""
        return self.folder / "objects" / sha256[:2] / sha256[2:4] / f"{sha256}.{extension}"

    def unfinished(self, address: str) -> Path:
        """The file into which `address` is downloaded; what an earlier attempt left there can be gone on with."""
        return self.partial / hashlib.sha256(address.encode()).hexdigest()[:32]

    def keep(self, download: Path, sha256: str, extension: str) -> Path:
        """Move a finished download, whose hash was taken on the way, to its place; it is on the disk when this returns.

        The same content twice is one file.
        """
        place = self.path_of(sha256, extension)
        if place.exists():
            download.unlink()
            return place
        place.parent.mkdir(parents=True, exist_ok=True)
        _to_disk(download)
        download.replace(place)
        _to_disk(place.parent)
        return place

    def note(
        self, address: str, sha256: str, size: int, media_type: str, at: datetime, headers: Mapping[str, str],
        run_id: str, mark: str | None = None,
    ) -> VisitOutcome:
        """Say that `address` gives this content now: a version of its own, unless it gave the same before.

        Two contents with the same `mark` are the same, whatever their bytes: the first stays.
        """
        lowered = {name.lower(): value for name, value in headers.items()}
        etag, modified = lowered.get("etag"), lowered.get("last-modified")
        with self.ledger.transaction():
            before = self.ledger.current(address)
            if before is not None and (before.sha256 == sha256 or (mark is not None and before.mark == mark)):
                self.ledger.put(replace(
                    before, last_seen=at, headers=dict(headers), etag=etag, last_modified=modified
                ))
                return "unchanged"
            self.ledger.add(Version(
                0, address, sha256, size, media_type, at, at, headers=dict(headers), run_id=run_id,
                supersedes=before.version_id if before else None, etag=etag, last_modified=modified, mark=mark,
            ))
            return "changed" if before else "new"

    def note_unchanged(self, version: Version, at: datetime) -> None:
        """Say that the site still gives `version` (304)."""
        self.ledger.put(replace(version, last_seen=at))

    def note_gone(self, address: str, at: datetime, run_id: str) -> None:
        """Say that `address` gives nothing any more (404, 410): a version without bytes, if it gave something."""
        with self.ledger.transaction():
            before = self.ledger.current(address)
            if before is None or before.sha256 is None:
                return
            self.ledger.add(Version(
                0, address, None, 0, None, at, at, supersedes=before.version_id, run_id=run_id
            ))


def _to_disk(path: Path) -> None:
    """Wait until the file's bytes (or the folder's names) are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
