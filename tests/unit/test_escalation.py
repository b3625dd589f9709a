"""Every bubble of an escalation: what it says, which lines it carries, and what follows if the person goes on."""

from __future__ import annotations

import re
import warnings

import pytest
import yaml

from bot.gateway.sms.segments import count_segments
from bot.messages import ESCALATE, CrisisAssessment, Reply
from bot.nlg.escalation import compose_escalation
from bot.nlg.wording import LEAD_LINES, SMS, Wording
from bot.safety.crisis import CALLED, URGENT
from bot.safety.hotlines import KNOWLEDGE_HOTLINES, ROOT, load_hotlines
from bot.safety.phrase_floor import CRISIS_KINDS

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import textstat

RESPONSES = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"]
HOTLINES = load_hotlines(ROOT / "absent.json", KNOWLEDGE_HOTLINES)
ESCALATIONS = {
    **{kind: {"kinds": (kind,)} for kind in CRISIS_KINDS},
    "harm_others": {"kinds": ("immediate_danger",), "harm_others": True},
    "missing_child": {"kinds": ("third_party",), "missing_child": True},
    "police": {"kinds": ("domestic_violence",), "police_danger": True},
    "police_at_home": {"kinds": ("immediate_danger", "domestic_violence"), "police_danger": True},
    "danger_at_home": {"kinds": ("immediate_danger", "domestic_violence")},
    "suicide_other": {"kinds": ("suicide", "third_party")},
    "minor_trafficking": {"kinds": ("trafficking", "minor"), "minor": True},
    "minor_sexual_assault": {"kinds": ("sexual_assault", "minor"), "minor": True},
    "minor_domestic_violence": {"kinds": ("domestic_violence", "minor"), "minor": True},
    **{f"called_{kind}": {"kinds": (kind,), "evidence": (CALLED,)} for kind in sorted(URGENT)},
}
LEADS = LEAD_LINES | {
    "harm_others": "suicide",
    "missing_child": "emergency",
    "police": "trafficking",
    "police_at_home": "trafficking",
    "danger_at_home": "emergency",
    "suicide_other": "suicide",
    "minor_trafficking": "trafficking",
    "minor_sexual_assault": "sexual_assault",
    "minor_domestic_violence": "domestic_violence",
    **{f"called_{kind}": LEAD_LINES[kind] for kind in URGENT},
}
ONE_FURTHER_STEP = {"overdose", "immediate_danger", "danger_at_home", "police", "police_at_home", "missing_child", "suicide_other"}
SECOND_LINE = re.compile(r"(?:Nobody answers|No answer|[Nn]adie contesta|No contestan)\? (.+?)\.(?: |$)")
HOPE = re.compile(
    r"What you do now can help|It helps that you stay|You did right|This pain can ease|You choose what|one small step|one step at a time|"
    r"One (?:small )?step is enough|the one who helps|Many young people come home|It can get better|You are not alone|"
    r"Hiciste bien|Lo que haga ahora puede ayudar|Quedarse ayuda|Hizo bien|Este dolor puede bajar|Usted decide qué|paso a paso|Basta un paso|"
    r"Usted puede ayudar|Muchos (?:jóvenes )?vuelven a casa|Esto puede mejorar|Hay ayuda\.$|Hay salida"
)
NUMBER = re.compile(r"(?<![\d-])(?:1-)?\d{3}-\d{3}-\d{4}(?!\d)|\b(?:911|988)\b|(?<=to )\d{5,6}\b|(?<=al )\d{5,6}\b")


def assessed(name: str, **signs: bool) -> CrisisAssessment:
    signs = {"minor": name.startswith("minor")} | signs
    return CrisisAssessment(level=ESCALATE, explicit=True, **(ESCALATIONS[name] | signs))


def worded(language: str = "en", channel: str = "web", city: str | None = None) -> Wording:
    return Wording(RESPONSES, HOTLINES, {"language": language, "city": city}, channel)


def first_bubbles(assessment: CrisisAssessment, wording: Wording, messages: int = 3) -> list[Reply]:
    """The first bubble for each of so many messages of the same kind in one conversation."""
    said: list[Reply] = []
    for _ in range(messages):
        said.append(compose_escalation(assessment, wording, [reply.text for reply in said])[0])
    return said


def numbers(reply: Reply) -> set[str]:
    return {str(number) for line in reply.hotlines for number in (line["call"], line["text"]) if number}


@pytest.mark.parametrize("channel", ["web", SMS])
@pytest.mark.parametrize("language", ["en", "es", "other"])
@pytest.mark.parametrize("city", [None, "creve_coeur"])
@pytest.mark.parametrize("name", ESCALATIONS)
def test_every_escalation_says_what_it_must(name: str, city: str | None, language: str, channel: str) -> None:
    wording = worded(language, channel, city)
    lead = "emergency" if language == "other" else LEADS[name]
    for reply in first_bubbles(assessed(name), wording):
        assert str(HOTLINES[lead]["call"]) in reply.text[:160]
        assert HOTLINES["trafficking"]["call"] in reply.text
        second = SECOND_LINE.search(reply.text)
        assert second and set(NUMBER.findall(second[1])) - {HOTLINES[lead]["call"]}, reply.text
        assert HOPE.search(reply.text), reply.text
        assert len(reply.text.split()) < 60, reply.text
        assert language == "es" or textstat.flesch_kincaid_grade(reply.text) <= 5.0, reply.text
        assert channel != SMS or count_segments(reply.text).count <= 2, reply.text
        assert reply.hotlines[0]["id"] == lead
        assert set(NUMBER.findall(reply.text)) <= numbers(reply) | {"911"}
        assert "emergency" in {line["id"] for line in reply.hotlines}


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("harm_others", {"suicide", "emergency", "crisis_text", "trafficking"}),
        ("missing_child", {"emergency", "missing_children", "trafficking"}),
        ("overdose", {"emergency", "poison", "trafficking"}),
    ],
)
def test_the_lines_that_the_words_name_stand_under_them(name: str, lines: set[str]) -> None:
    assert {line["id"] for line in compose_escalation(assessed(name), worded())[0].hotlines} >= lines


@pytest.mark.parametrize("channel", ["web", SMS])
@pytest.mark.parametrize("name", [name for name in ESCALATIONS if not name.startswith("called")])
def test_whoever_goes_on_never_reads_the_same_bubble_twice_running(name: str, channel: str) -> None:
    said = [reply.text for reply in first_bubbles(assessed(name), worded(channel=channel), 7)]
    assert all(before != after for before, after in zip(said, said[1:], strict=False))
    if name not in ONE_FURTHER_STEP and not name.startswith("minor"):
        assert len(set(said[:3])) == 3


@pytest.mark.parametrize("channel", ["web", SMS])
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", ["minor", "trafficking", "domestic_violence"])
@pytest.mark.parametrize("police", [False, True])
def test_a_minor_is_told_each_time_what_the_lines_may_have_to_tell(police: bool, name: str, language: str, channel: str) -> None:
    wording, said = worded(language, channel), []
    for _ in range(3):
        replies = compose_escalation(assessed(name, minor=True, police_danger=police), wording, said)
        said += [reply.text for reply in replies]
        words = " ".join(reply.text for reply in replies)
        assert re.search(r"may have to tell someone|deban avisar a alguien", words)
        for line_id in ("childhelp", "runaway", "child_abuse_report"):
            assert str(HOTLINES[line_id]["call"]) in words
            assert line_id in {line["id"] for reply in replies for line in reply.hotlines}
        assert re.search(r"[Tt]o report abuse|for reporting|reportar abuso", words)


def test_a_text_to_911_is_offered_only_where_it_works() -> None:
    def texts(city: str | None) -> set[str]:
        reply = compose_escalation(assessed("immediate_danger"), worded(city=city))[0]
        return {line["text"] for line in reply.hotlines if line["id"] == "emergency"}

    assert texts(None) == texts("none") == {None}
    assert texts("kansas_city") == texts("creve_coeur") == {"911"}


@pytest.mark.parametrize("channel", ["web", SMS])
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_check_in_on_danger_opens_with_911(language: str, channel: str) -> None:
    wording = worded(language, channel)
    text = wording.say("utter_check_in_danger", best_line=wording.line("trafficking"))
    assert "911" in text[:55] and HOTLINES["trafficking"]["call"] in text
    assert language == "es" or textstat.flesch_kincaid_grade(text) <= 5.0
    assert channel != SMS or count_segments(text).count <= 2


@pytest.mark.parametrize("channel", ["web", SMS])
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", ["minor", "minor_trafficking", "minor_sexual_assault", "minor_domestic_violence"])
def test_a_minor_reads_first_that_the_lines_may_have_to_tell(name: str, language: str, channel: str) -> None:
    warning = re.compile(r"may (?:have to )?tell someone|(?:deban|[Pp]ueden) avisar a alguien")
    for reply in first_bubbles(assessed(name), worded(language, channel)):
        found = warning.search(reply.text)
        assert found and found.start() < reply.text.index(str(HOTLINES[LEADS[name]]["call"])), reply.text


@pytest.mark.parametrize(
    ("kinds", "signs", "first"),
    [
        (("trafficking", "minor"), {"minor": True}, "You are not in trouble here."),
        (("sexual_assault", "domestic_violence", "minor"), {"minor": True}, "You are not in trouble here."),
        (("trafficking", "suicide", "minor"), {"minor": True}, "You are not in trouble here."),
        (("trafficking", "minor"), {}, "You can get help"),
        (("trafficking", "third_party", "minor"), {"minor": True}, "You can get help"),
        (("domestic_violence", "immediate_danger", "minor"), {"minor": True}, "No one has the right"),
        (("suicide", "minor"), {"minor": True}, "You can talk to a person now."),
        (("overdose", "minor"), {"minor": True}, "Call 911 now."),
        (("suicide", "third_party"), {}, "Call or text 988, day or night. They can help you help them."),
        (("suicide",), {}, "You can talk to a person now."),
        (("overdose", "suicide", "third_party"), {}, "Call 911 now."),
    ],
)
def test_whose_words_come_first(kinds: tuple[str, ...], signs: dict[str, bool], first: str) -> None:
    replies = compose_escalation(CrisisAssessment(level=ESCALATE, kinds=kinds, **signs), worded())
    assert replies[0].text.startswith(first)
    assert ("minor" in kinds) == any(HOTLINES["childhelp"]["call"] in reply.text for reply in replies)


@pytest.mark.parametrize(
    ("kinds", "signs", "lines"),
    [
        (("immediate_danger", "suicide", "domestic_violence"), {}, ["emergency", "suicide", "domestic_violence"]),
        (("trafficking", "overdose", "suicide"), {}, ["trafficking", "emergency", "suicide"]),
        (("suicide", "third_party"), {}, ["suicide", "emergency", "crisis_text", "trafficking"]),
        (("immediate_danger", "suicide"), {"police_danger": True}, ["trafficking", "suicide", "domestic_violence", "emergency"]),
    ],
)
def test_the_line_of_every_kind_stands_under_the_words(kinds: tuple[str, ...], signs: dict[str, bool], lines: list[str]) -> None:
    reply = compose_escalation(CrisisAssessment(level=ESCALATE, kinds=kinds, **signs), worded())[0]
    assert [line["id"] for line in reply.hotlines][: len(lines)] == lines


@pytest.mark.parametrize("channel", ["web", SMS])
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("slots", "number"), [({"city": "creve_coeur"}, "314-531-2003"), ({"area": "kansas_city"}, "816-468-5463"), ({}, None)]
)
@pytest.mark.parametrize("leading", ["immediate_danger", "domestic_violence"])
def test_violence_at_home_names_the_local_line_also_where_danger_leads(
    leading: str, slots: dict[str, str], number: str | None, language: str, channel: str
) -> None:
    kinds = (leading, "domestic_violence") if leading != "domestic_violence" else ("domestic_violence",)
    reply = compose_escalation(
        CrisisAssessment(level=ESCALATE, kinds=kinds), Wording(RESPONSES, HOTLINES, {"language": language, **slots}, channel)
    )[0]
    local = {str(HOTLINES[line]["call"]) for line in ("kc_domestic_violence", "safe_connections")}
    assert {line for line in local if line in reply.text} == local & numbers(reply) == ({number} if number else set())


def test_danger_without_violence_at_home_names_no_local_line() -> None:
    reply = compose_escalation(assessed("immediate_danger"), worded(city="kansas_city"))[0]
    assert "816-468-5463" not in {reply.text, *numbers(reply)}
    assert "Near you" not in reply.text


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("called_overdose", "Stay on the line with 911"),
        ("called_immediate_danger", "Stay on the line with 911"),
        ("called_suicide", "Stay on the line with 988"),
    ],
)
def test_who_has_called_stays_on_the_line(name: str, first: str) -> None:
    assert [reply.text.startswith(first) for reply in first_bubbles(assessed(name), worded())] == [True] * 3


@pytest.mark.parametrize("name", ["police", "harm_others", "domestic_violence", "missing_child"])
def test_a_call_changes_no_other_words(name: str) -> None:
    called = CrisisAssessment(level=ESCALATE, **(ESCALATIONS[name] | {"evidence": (CALLED,)}))
    assert compose_escalation(called, worded())[0].text == compose_escalation(assessed(name), worded())[0].text


@pytest.mark.parametrize("channel", ["web", SMS])
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", ["utter_cannot_call_police", "utter_watched_police"])
def test_where_police_are_the_danger_911_comes_last(name: str, language: str, channel: str) -> None:
    text = worded(language, channel).say(name)
    assert HOTLINES["trafficking"]["call"] in text
    assert text.index("911") > text.index(str(HOTLINES["trafficking"]["call"]))
    assert not re.search(r"Call 911|Llame al 911", text)
    assert language == "es" or textstat.flesch_kincaid_grade(text) <= 5.0
    assert channel != SMS or count_segments(text).count <= 2
