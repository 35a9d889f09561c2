"""What we know: the rules of `rules/`, which a person edits without Python.

Each YAML file is a list of mappings, or a mapping of such lists. Every rule that matches text carries
`id`, `comment`, `examples` (each must match) and `near_misses` (none may); a test holds it to them.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@lru_cache(maxsize=1)
def folder() -> Path:
    """The folder of rules: inside the installed package, or at the root of a checkout."""
    packaged = Path(str(resources.files("pipeline"))) / "rules"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parent.parent / "rules"


@cache
def load(name: str) -> Any:
    """The content of `rules/<name>.yaml`; the caller must not change it. Raises FileNotFoundError."""
    return yaml.load((folder() / f"{name}.yaml").read_bytes(), Loader)  # noqa: S506 (a safe loader)


@cache
def any_of(name: str, group: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """All patterns of one group of `rules/<name>.yaml` as one."""
    return re.compile("|".join(f"(?:{rule['pattern']})" for rule in load(name)[group]), flags)


@lru_cache(maxsize=1)
def version() -> str:
    """A hash over all rules: what was read by other rules must be read again."""
    digest = hashlib.sha256()
    for path in sorted(folder().glob("*.yaml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
