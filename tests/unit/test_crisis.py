from dataclasses import replace

import pytest

from bot.messages import CHECK_IN, ESCALATE, NONE, CrisisAssessment
from bot.safety.crisis import (
    GOES_ON,
    Situation,
    Thresholds,
    assess_crisis,
    carried_risk,
    crisis_probability,
    further_step,
    states_adult_age,
)
from bot.safety.phrase_floor import FloorResult, scan

LIMITS = Thresholds(escalate=0.5, check_in=0.2, extra_kind=0.2, doubt=0.02, decline=0.3, decline_first=0.5, decay=0.5)
QUIET = FloorResult((), False, False, False)


def scores(**kinds: float) -> dict[str, float]:
    given = {f"crisis_{kind}": value for kind, value in kinds.items()}
    return given | {"ask": 1.0 - sum(given.values())}


def test_the_probability_is_the_sum_over_the_kinds() -> None:
    assert crisis_probability(scores(suicide=0.3, trafficking=0.25)) == pytest.approx(0.55)


@pytest.mark.parametrize(("probability", "level"), [(0.6, ESCALATE), (0.3, CHECK_IN), (0.1, NONE)])
def test_levels_by_probability(probability: float, level: str) -> None:
    assert assess_crisis(scores(suicide=probability), QUIET, Situation(), thresholds=LIMITS).level == level


def test_the_floor_escalates_whatever_the_model_thinks_above_doubt() -> None:
    assessment = assess_crisis(scores(suicide=0.05), scan("I want to die"), Situation(), thresholds=LIMITS)
    assert (assessment.level, assessment.kinds, assessment.explicit) == (ESCALATE, ("suicide",), True)


def test_the_floor_escalates_without_any_model() -> None:
    assert assess_crisis({}, scan("I want to die"), Situation(), thresholds=LIMITS).level == ESCALATE


def test_a_floor_phrase_that_reads_as_harmless_gets_the_line_first_and_then_the_answer() -> None:
    assessment = assess_crisis(scores(suicide=0.001), scan("I want to die"), Situation(), thresholds=LIMITS)
    assert (assessment.level, assessment.kinds) == (CHECK_IN, ("suicide",))


def test_a_check_in_comes_at_most_once_in_three_turns() -> None:
    levels = [
        assess_crisis(scores(suicide=0.3), QUIET, Situation(turns_since_check_in=turns), thresholds=LIMITS).level for turns in (1, 2, 3)
    ]
    assert levels == [NONE, NONE, CHECK_IN]


@pytest.mark.parametrize("unsure", [True, False])
def test_an_unsure_answer_to_a_check_in_escalates_with_its_kinds(unsure: bool) -> None:
    situation = Situation(pending_kinds=("trafficking",), turns_since_check_in=1)
    assessment = assess_crisis(scores(suicide=0.0), QUIET, situation, unsure=unsure, thresholds=LIMITS)
    assert (assessment.level == ESCALATE) is unsure
    assert assessment.kinds == (("trafficking",) if unsure else ())


def test_several_kinds_lead_in_order_of_precedence() -> None:
    assessment = assess_crisis(scores(third_party=0.3, overdose=0.4), QUIET, Situation(), thresholds=LIMITS)
    assert assessment.kinds == ("overdose", "third_party")
    assert assessment.leading == "overdose"


def test_a_remembered_age_adds_the_minor_words_to_any_crisis() -> None:
    assessment = assess_crisis(scores(domestic_violence=0.9), QUIET, Situation(minor=True), thresholds=LIMITS)
    assert assessment.kinds == ("domestic_violence", "minor")
    assert assessment.minor


@pytest.mark.parametrize("text", ["i sell pics", "he makes me meet guys", "me venden"])
@pytest.mark.parametrize(("said_before", "level"), [(True, ESCALATE), (False, NONE)])
def test_an_age_first_and_the_trade_in_a_later_message(text: str, said_before: bool, level: str) -> None:
    assessment = assess_crisis(scores(minor=0.0), replace(scan(text), kinds=()), Situation(minor=said_before), thresholds=LIMITS)
    assert (assessment.level, assessment.kinds, assessment.minor) == (level, ("minor",) if said_before else (), said_before)


@pytest.mark.parametrize("text", ["what is the law on sex work", "my essay is about how men sell me and others", "what do pimps do"])
def test_after_an_age_the_trade_of_others_and_school_work_escalate_nothing(text: str) -> None:
    assert assess_crisis(scores(minor=0.0), scan(text), Situation(minor=True), thresholds=LIMITS).level == NONE


def test_police_as_the_danger_is_remembered() -> None:
    assert assess_crisis(scores(), scan("my husband is a cop"), Situation(), thresholds=LIMITS).police_danger
    later = assess_crisis(scores(), scan("he is going to kill me tonight"), Situation(police_danger=True), thresholds=LIMITS)
    assert later.police_danger and later.leading == "immediate_danger"


@pytest.mark.parametrize("text", ["im going to kill him tonight", "my daughter is missing"])
def test_a_remembered_fear_of_police_displaces_no_words_for_hurting_someone_or_a_missing_child(text: str) -> None:
    assert not assess_crisis({}, scan(text), Situation(police_danger=True), thresholds=LIMITS).police_danger


def test_a_possible_crisis_of_a_minor_in_the_trade_escalates_at_once() -> None:
    assert assess_crisis(scores(minor=0.3), scan("im 15 ok"), Situation(), thresholds=LIMITS).level == ESCALATE


def test_a_slow_disclosure_adds_up() -> None:
    situation = Situation()
    levels = []
    for _ in range(4):
        assessment = assess_crisis(scores(trafficking=0.35), QUIET, situation, thresholds=LIMITS)
        levels.append(assessment.level)
        situation = Situation(risk=carried_risk(assessment, situation, LIMITS), turns_since_check_in=len(levels))
    assert levels[0] == CHECK_IN
    assert levels[-1] == ESCALATE


def test_evidence_holds_codes_and_never_words_of_the_message() -> None:
    assessment = assess_crisis(scores(suicide=0.9), scan("I want to die in room 214"), Situation(), thresholds=LIMITS)
    assert assessment.evidence == ("floor:suicide",)


def test_a_cry_in_another_language_is_escalated_though_the_model_reads_nothing_in_it() -> None:
    assessment = assess_crisis({"ask": 1.0}, scan("il va me tuer"), Situation(), thresholds=LIMITS)
    assert (assessment.level, assessment.kinds) == (ESCALATE, ("immediate_danger",))


def after(*kinds: str, probability: float = 1.0, **signs: bool) -> Situation:
    """The state after an escalation of these kinds."""
    return Situation(escalated=CrisisAssessment(level=ESCALATE, kinds=kinds, probability=probability, **signs))


@pytest.mark.parametrize(
    ("probability", "named", "now", "kinds"),
    [
        (0.5, False, {"immediate_danger": 0.5, "sexual_assault": 0.4}, ("immediate_danger", "sexual_assault")),
        (0.5, True, {"immediate_danger": 0.5, "sexual_assault": 0.4}, ("trafficking", "immediate_danger", "sexual_assault")),
        (0.95, False, {"immediate_danger": 0.5, "sexual_assault": 0.4}, ("trafficking", "immediate_danger", "sexual_assault")),
        (0.5, False, {"immediate_danger": 0.5, "trafficking": 0.4}, ("trafficking", "immediate_danger")),
    ],
)
def test_a_guess_gives_way_to_words_that_say_more(probability: float, named: bool, now: dict[str, float], kinds: tuple[str, ...]) -> None:
    situation = after("trafficking", probability=probability, explicit=named)
    assert assess_crisis(scores(**now), QUIET, situation, thresholds=LIMITS).kinds == kinds


@pytest.mark.parametrize(
    ("before", "now", "kinds"),
    [
        (("overdose",), {"trafficking": 0.19, "minor": 0.18, "suicide": 0.15}, ("overdose",)),
        (("overdose",), {"suicide": 0.9}, ("overdose", "suicide")),
        (("suicide",), {"immediate_danger": 0.61}, ("suicide", "immediate_danger")),
        (("suicide",), {"immediate_danger": 0.8}, ("immediate_danger", "suicide")),
        (("suicide",), {"overdose": 0.59}, ("suicide", "overdose")),
        (("suicide",), {"overdose": 0.6}, ("overdose", "suicide")),
        (("trafficking",), {"sexual_assault": 0.31, "trafficking": 0.26}, ("trafficking", "sexual_assault")),
        (("trafficking",), {"sexual_assault": 0.6}, ("sexual_assault", "trafficking")),
        (("domestic_violence",), {"third_party": 0.9}, ("domestic_violence", "third_party")),
        (("immediate_danger", "domestic_violence"), {"domestic_violence": 0.9}, ("immediate_danger", "domestic_violence")),
    ],
)
def test_a_crisis_that_goes_on_keeps_its_leading_kind(before: tuple[str, ...], now: dict[str, float], kinds: tuple[str, ...]) -> None:
    assert assess_crisis(scores(**now), QUIET, after(*before), thresholds=LIMITS).kinds == kinds


def test_what_the_words_name_outright_is_a_new_crisis() -> None:
    assessment = assess_crisis(scores(suicide=0.1), scan("he has a gun on me"), after("suicide"), thresholds=LIMITS)
    assert assessment.kinds == ("immediate_danger",)
    assert not assess_crisis({}, scan("he has a gun on me"), after("immediate_danger", harm_others=True), thresholds=LIMITS).harm_others


def test_an_earlier_crisis_makes_no_crisis_of_a_calm_message() -> None:
    assert assess_crisis(scores(suicide=0.05), QUIET, after("suicide"), thresholds=LIMITS).level == NONE


@pytest.mark.parametrize(("kind", "sign"), [("immediate_danger", "harm_others"), ("third_party", "missing_child")])
def test_words_of_their_own_go_on_with_their_kind(kind: str, sign: str) -> None:
    situation = replace(after(kind, **{sign: True}), police_danger=True)
    same = assess_crisis(scores(**{kind: 0.6}), QUIET, situation, thresholds=LIMITS)
    assert getattr(same, sign) and not same.police_danger
    assert not getattr(assess_crisis(scores(overdose=0.9), QUIET, situation, thresholds=LIMITS), sign)


def test_a_check_in_amid_a_crisis_names_its_line() -> None:
    assessment = assess_crisis(scores(trafficking=0.3), QUIET, after("overdose"), thresholds=LIMITS)
    assert (assessment.level, assessment.leading) == (CHECK_IN, "overdose")


@pytest.mark.parametrize(
    ("text", "now", "situation", "kinds"),
    [
        ("my sister wants to kill herself", {"third_party": 0.6, "suicide": 0.3}, Situation(), ("suicide", "third_party")),
        ("she has pills", {"overdose": 0.4, "suicide": 0.4}, after("suicide", "third_party"), ("suicide", "overdose", "third_party")),
        ("she has pills", {"third_party": 0.5, "suicide": 0.2}, Situation(), ("suicide", "third_party")),
        ("I want to die", {"suicide": 0.5, "third_party": 0.4}, Situation(), ("suicide",)),
        ("its for my sister", {"suicide": 0.3, "third_party": 0.5}, after("suicide"), ("suicide",)),
        ("i feel done", {"suicide": 0.5, "third_party": 0.3}, Situation(), ("suicide",)),
    ],
)
def test_suicide_and_third_party_together_are_said_of_anothers_suicide_alone(
    text: str, now: dict[str, float], situation: Situation, kinds: tuple[str, ...]
) -> None:
    assert assess_crisis(scores(**now), scan(text), situation, thresholds=LIMITS).kinds == kinds


def test_a_score_alone_is_no_sign_of_age() -> None:
    assessment = assess_crisis(scores(minor=0.9), QUIET, Situation(), thresholds=LIMITS)
    assert (assessment.level, assessment.kinds, assessment.minor) == (ESCALATE, ("minor",), False)


def test_an_adult_age_outweighs_a_score_but_no_sign_of_age() -> None:
    given = assess_crisis(scores(minor=0.9), QUIET, Situation(), thresholds=LIMITS, adult=True)
    assert (given.level, given.kinds) == (ESCALATE, ("trafficking",))
    assert assess_crisis(scores(minor=0.9), QUIET, after("minor"), thresholds=LIMITS, adult=True).kinds == ("trafficking",)
    assert assess_crisis(scores(minor=0.9), QUIET, Situation(minor=True), thresholds=LIMITS, adult=True).kinds == ("minor",)
    assert assess_crisis(scores(minor=0.9), scan("im 15 ok"), Situation(), thresholds=LIMITS, adult=True).minor


@pytest.mark.parametrize(
    "text", ["im 32 and he wants more", "I'm a 19 year old", "i just turned 18", "tengo 25 años", "soy una mujer de 40"]
)
def test_an_adult_age_of_the_writer(text: str) -> None:
    assert states_adult_age(text)


@pytest.mark.parametrize(
    "text",
    [
        "im 17",
        "im almost 18",
        "he is 32",
        "im 20 weeks pregnant",
        "im 20 minutes away",
        "he says im 19",
        "they told everyone im 18",
        "dice que tengo 19",
        "tengo 20 pastillas",
    ],
)
def test_what_is_no_adult_age_of_the_writer(text: str) -> None:
    assert not states_adult_age(text)


def test_a_further_step_is_that_of_the_earlier_escalation() -> None:
    earlier = CrisisAssessment(
        level=ESCALATE, kinds=("suicide", "third_party"), probability=0.9, explicit=True, evidence=("floor:suicide",)
    )
    step = further_step(earlier, CrisisAssessment(probability=0.04), Situation(minor=True, police_danger=True), GOES_ON)
    assert step == CrisisAssessment(
        level=ESCALATE, kinds=("suicide", "third_party"), probability=0.04, minor=True, police_danger=True, evidence=(GOES_ON,)
    )
