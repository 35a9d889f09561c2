"""Asks whether a pinned package has known weaknesses, and says plainly where that could not be found out.

Status 0 where none has any, or nobody could be asked; 1 where one has.
"""

from __future__ import annotations

import json
import subprocess
import sys

SECONDS = 120


def main() -> int:
    """Audit the lock that is named."""
    lock = sys.argv[1]
    command = [sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip", "--format", "json",
               "--progress-spinner", "off", "--requirement", lock]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        found = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError) as error:
        print(f"NOT AUDITED: the service that knows of weaknesses could not be asked ({type(error).__name__}).")
        return 0
    skipped = [one["name"] for one in found if "skip_reason" in one]
    weak = [(one["name"], one["version"], weakness["id"]) for one in found for weakness in one.get("vulns", [])]
    for name, version, weakness in weak:
        print(f"{name} {version}: {weakness}")
    if len(skipped) == len(found):
        print(f"NOT AUDITED: the service that knows of weaknesses cannot be reached from here ({len(found)} packages).")
    elif skipped:
        print(f"NOT AUDITED: {', '.join(skipped)}.")
    if len(skipped) < len(found):
        print(f"{len(found) - len(skipped)} of {len(found)} packages of {lock} audited, {len(weak)} known weaknesses.")
    return 1 if weak else 0


if __name__ == "__main__":
    sys.exit(main())
