"""Knowledge files that would eat memory or time are refused by file and line, by the check and by training."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.retrieval.knowledge_base import loading_faults
from bot.retrieval.knowledge_check import check_knowledge
from bot.safety.hotlines import ROOT
from bot.safety.yaml_files import MAX_CHARACTERS, YamlFault, read_yaml

LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)

BOMBS = {
    "billion laughs": (LAUGHS, 2, r"the alias \*a is not allowed"),
    "a loop": ("a: &a\n  b: *a\n", 2, r"the alias \*a is not allowed"),
    "too deep": ("a: " + "[" * 50_000, 1, "nested deeper than 12"),
    "too deep in blocks": ("".join(f"{'  ' * level}a:\n" for level in range(200)), 13, "nested deeper than 12"),
    "too long": ("# " + "x" * MAX_CHARACTERS, 1, "at most 200,000 are read"),
    "an endless number": ("a: " + "9" * 5000, 1, "date or number"),
    "a day that is none": ("a: 2026-02-31", 1, "date or number"),
    "code": ("a: !!python/object/apply:os.system ['true']", 1, "not valid YAML"),
    "not closed": ("a: b\nc: [", 3, "not valid YAML"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_with_its_line(name: str) -> None:
    text, line, message = BOMBS[name]
    with pytest.raises(YamlFault, match=message) as refused:
        read_yaml(text)
    assert refused.value.line <= max(line, 1) + 1


def test_plain_files_are_read() -> None:
    assert read_yaml("a: [1, {b: text}]\nc: 2026-11-22\n")["a"] == [1, {"b": "text"}]


@pytest.mark.parametrize("name", BOMBS)
def test_the_check_names_file_and_line_of_each(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(ROOT / "knowledge", folder)
    passage = folder / "passages" / "lydias-house.md"
    passage.write_text(f"---\n{BOMBS[name][0]}\n---\nAn answer.\n", encoding="utf-8")
    (folder / "disputes.yml").write_text(BOMBS[name][0], encoding="utf-8")
    found = {fault.file: fault.message for fault in check_knowledge(folder)}
    assert found["knowledge/disputes.yml"]
    assert found["knowledge/passages/lydias-house.md"].startswith("the front matter ")
    assert [fault.partition(":")[0] for fault in loading_faults(folder)] == ["knowledge/passages/lydias-house.md"]


def test_hotlines_with_an_alias_are_not_read(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge")
    (tmp_path / "knowledge" / "hotlines.yml").write_text(LAUGHS, encoding="utf-8")
    assert loading_faults(tmp_path / "knowledge") == ["knowledge/hotlines.yml:1: no hotlines can be read"]


def test_the_command_stops_with_a_sentence(tmp_path: Path) -> None:
    for name in ("bot", "knowledge"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "knowledge" / "sources.yml").write_text(LAUGHS, encoding="utf-8")
    ended = subprocess.run([sys.executable, "-m", "bot", "check"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "knowledge/sources.yml:2: the alias *a is not allowed; write the text out" in ended.stderr
    assert "Traceback" not in ended.stderr
