import re
from pathlib import Path

import pytest

from bot.retrieval.knowledge_check import typed_numbers
from bot.safety.hotlines import HotlinesMissing, as_wire, channel, fill, load_hotlines, placeholders
from bot.safety.model_files import HOTLINES_FILE, MANIFEST, sha256
from bot.safety.yaml_files import read_yaml

KNOWLEDGE = Path(__file__).parents[2] / "knowledge" / "hotlines.yml"


@pytest.fixture
def hotlines():
    return load_hotlines(packed=Path("absent.json"), knowledge=KNOWLEDGE)


def test_the_confirmed_numbers(hotlines) -> None:
    assert {name: line.get("call") for name, line in hotlines.items()} == {
        "emergency": "911",
        "suicide": "988",
        "trafficking": "1-888-373-7888",
        "domestic_violence": "1-800-799-7233",
        "sexual_assault": "1-800-656-4673",
        "missing_children": "1-800-843-5678",
        "childhelp": "1-800-422-4453",
        "child_abuse_report": "1-800-392-3738",
        "runaway": "1-800-786-2929",
        "substance": "1-800-662-4357",
        "crisis_text": None,
        "poison": "1-800-222-1222",
        "safe_at_home": "1-866-509-1409",
        "safe_connections": "314-531-2003",
        "kc_domestic_violence": "816-468-5463",
        "youth_st_louis": "314-628-2929",
        "relay": "711",
    }


def test_fill(hotlines) -> None:
    assert fill("Call {trafficking.call} or text {trafficking.text}.", hotlines) == "Call 1-888-373-7888 or text HELP to 233733."
    assert channel(hotlines["suicide"], "text", "es") == "AYUDA al 988"
    with pytest.raises(KeyError):
        fill("{nobody.call}", hotlines)


def test_placeholders() -> None:
    assert placeholders("{a.call} {b.text}") == {("a", "call"), ("b", "text")}


def test_wire_form(hotlines) -> None:
    assert as_wire("trafficking", hotlines) == {
        "id": "trafficking",
        "name": "National Human Trafficking Hotline",
        "call": "1-888-373-7888",
        "text": "233733",
        "keyword": "HELP",
        "chat": "https://humantraffickinghotline.org/chat",
    }


def test_no_response_of_the_domain_types_a_number() -> None:
    domain = read_yaml((KNOWLEDGE.parents[1] / "domain.yml").read_text(encoding="utf-8"))
    typed = {
        (name, number)
        for name, variations in domain["responses"].items()
        for variation in variations
        for text in (variation["text"], *(button["title"] for button in variation.get("buttons", ())))
        for _, number in typed_numbers(re.sub(r"\{\w+(?:\.\w+)?\}", "", text))
    }
    assert typed == set()


def test_the_packed_copy_comes_first_and_a_broken_one_is_passed_over(tmp_path: Path) -> None:
    packed = tmp_path / "hotlines.json"
    packed.write_text('{"emergency": {"name": "E"}, "suicide": {}, "trafficking": {}}', encoding="utf-8")
    (tmp_path / MANIFEST).write_text(f"{sha256(packed)}  {HOTLINES_FILE}\n", encoding="ascii")
    assert load_hotlines(packed, KNOWLEDGE)["emergency"] == {"name": "E"}
    packed.write_text("{broken", encoding="utf-8")
    assert load_hotlines(packed, KNOWLEDGE)["emergency"]["call"] == "911"


def test_without_any_hotlines_the_error_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(HotlinesMissing, match=r"Restore knowledge/hotlines\.yml"):
        load_hotlines(tmp_path / "a.json", tmp_path / "b.yml")
