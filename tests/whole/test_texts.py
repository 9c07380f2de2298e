"""The texts that travel with the code: no merge was left half done in them, and what they point at is there."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LEFT_OF_A_MERGE = re.compile(r"^(?:<{7} |={7}$|>{7} )", re.MULTILINE)
A_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def tracked(*patterns: str) -> list[Path]:
    """The files that are kept under these patterns of git's, or all; as found in the folder where there is no git."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z", "--", *patterns], cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return [path for pattern in patterns or ("*",) for path in ROOT.rglob(pattern) if ".venv" not in path.parts]
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def test_no_merge_was_left_half_done() -> None:
    left = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except (UnicodeDecodeError, IsADirectoryError):
            continue
        if LEFT_OF_A_MERGE.search(text):
            left.append(str(path.relative_to(ROOT)))
    assert left == []


@pytest.mark.parametrize("text", ["a\n<<<<<<< HEAD\nb", "=======", "a\n>>>>>>> 134fc11 (Ask)"])
def test_what_a_merge_leaves_is_found(text: str) -> None:
    assert LEFT_OF_A_MERGE.search(text)
    assert not LEFT_OF_A_MERGE.search(f" {text.splitlines()[-1]}")


def test_what_a_document_links_to_is_there() -> None:
    gone = [
        f"{path.relative_to(ROOT)}: {link}"
        for path in tracked("*.md")
        for link in A_LINK.findall(path.read_text(encoding="utf-8"))
        if "://" not in link and not link.startswith("mailto:") and not (path.parent / link).exists()
    ]
    assert gone == []
