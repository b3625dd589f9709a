"""The documentation says what the code does: settings, fields, faults and links."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.retrieval import knowledge_check
from bot.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[2]
DOCS = sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")])
WANTED = ("architecture", "safety-protocol", "for-directors", "knowledge-guide", "deployment", "privacy", "widget", "sms")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CODE_BLOCK = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
_PATH = re.compile(r"`((?:bot|docs|tests|knowledge|scripts|data)/[\w./-]*\w/?)`")


@pytest.mark.parametrize("name", WANTED)
def test_every_page_is_there(name: str) -> None:
    assert (ROOT / "docs" / f"{name}.md").is_file()


@pytest.mark.parametrize("field", Settings.__fields__.values(), ids=lambda field: str(field.name))
def test_every_setting_stands_in_the_deployment_page_with_its_default(field) -> None:
    page = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith(f"| `{PREFIX}{field.name.upper()}` |")]
    assert len(rows) == 1, f"docs/deployment.md needs one row for {PREFIX}{field.name.upper()}"
    default = ",".join(field.default) if isinstance(field.default, tuple) else str(field.default)
    shown = rows[0].split("|")[2].strip()
    assert shown.lower() == (f"`{default.lower()}`" if default else "empty")


def test_the_deployment_page_names_no_setting_that_does_not_exist() -> None:
    named = set(re.findall(rf"{PREFIX}[A-Z_]+", "".join(page.read_text(encoding="utf-8") for page in DOCS)))
    assert named <= {PREFIX + name.upper() for name in Settings.__fields__}


def _links() -> Iterator[tuple[Path, str]]:
    for page in DOCS:
        text = _CODE_BLOCK.sub("", page.read_text(encoding="utf-8"))
        for target in _LINK.findall(text):
            if not re.match(r"(?:https?|mailto):", target):
                yield page, target


@pytest.mark.parametrize(("page", "target"), _links(), ids=lambda value: value.name if isinstance(value, Path) else value)
def test_every_link_leads_somewhere(page: Path, target: str) -> None:
    path, _, anchor = target.partition("#")
    linked = (page.parent / path).resolve() if path else page
    assert linked.exists(), f"{page.relative_to(ROOT)} links to {target}, which does not exist"
    if anchor:
        headings = re.findall(r"^#+ (.+)$", linked.read_text(encoding="utf-8"), re.MULTILINE)
        assert anchor in {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_every_file_that_a_page_names_exists(page: Path) -> None:
    missing = [path for path in _PATH.findall(page.read_text(encoding="utf-8")) if not (ROOT / path).exists()]
    assert not missing


def test_the_knowledge_guide_explains_every_field_and_every_hard_limit() -> None:
    guide = (ROOT / "docs" / "knowledge-guide.md").read_text(encoding="utf-8")
    missing = [name for name in (*knowledge_check._FIELDS, "serves") if f"| `{name}` |" not in guide]
    assert not missing
    for limit in (knowledge_check.MAX_WORDS, knowledge_check.MAX_SMS, int(knowledge_check.MAX_GRADE), knowledge_check.OLDEST_RING.days):
        assert re.search(rf"\b{limit}\b", guide), f"docs/knowledge-guide.md does not name the limit {limit}"
