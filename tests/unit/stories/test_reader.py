"""Story files: what is read, and that every fault names file, line and field."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.stories.command import DIALOGUES, Choice, chosen
from bot.stories.reader import StoriesUnreadable, read_stories

RASA_FILE = """\
version: "3.1"
stories:
- story: happy path 1
  steps:
  - user: |
      hello there!
    intent: greet
  - action: utter_greet
  - user: |
      no
    intent: deny
  - action: utter_deny
  - user: is it legal in [Kansas City](city)
    intent: ask
  - slot_was_set:
    - city: kansas_city
  - action: utter_answer
"""

TABLE = """\
stories:
- story: Many words
  metadata:
    channel: sms
    expect:
      1: {kind: escalation, hotline: "{line}"}
    table:
    - {words: I want to die, line: suicide}
    - {words: he raped me, line: sexual_assault}
  steps:
  - user: "{words}"
"""

STEPS = "  steps:\n  - user: hi\n"


def written(folder: Path, text: str, name: str = "test_it.yml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_a_file_of_rasa_test_is_read_as_it_is(tmp_path: Path) -> None:
    [story] = read_stories([written(tmp_path, RASA_FILE)])
    assert [turn.said for turn in story.turns] == ["hello there!", "no", "is it legal in Kansas City"]
    assert [turn.intent for turn in story.turns] == ["greet", "deny", "ask"]
    assert [turn.actions for turn in story.turns] == [("utter_greet",), ("utter_deny",), ("utter_answer",)]
    assert story.turns[2].slots_set == {"city": "kansas_city"}
    assert (story.channel, story.plain, story.line, story.turns[1].line) == ("web", True, 3, 9)


def test_a_table_gives_one_story_for_each_row(tmp_path: Path) -> None:
    stories = read_stories([written(tmp_path, TABLE)])
    assert [(story.name, story.turns[0].said, story.turns[0].expect.hotline) for story in stories] == [
        ("Many words [1]", "I want to die", ("suicide",)),
        ("Many words [2]", "he raped me", ("sexual_assault",)),
    ]
    assert not any(story.plain for story in stories)


def test_one_row_can_be_chosen_by_its_whole_name(tmp_path: Path) -> None:
    file = written(tmp_path, TABLE)
    assert [story.name for story in chosen(Choice([file], name="Many words [2]"))] == ["Many words [2]"]
    assert len(chosen(Choice([file], name="many"))) == 2
    assert chosen(Choice([file], channel="web")) == []


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (
            "stories:\n- story: a\n  metadata:\n    expect:\n      1: {kindd: answer}\n" + STEPS,
            5,
            "metadata > expect > 1 > kindd: this field",
        ),
        ("stories:\n- story: a\n  metadata:\n    expect:\n      1:\n        kind: happy\n" + STEPS, 6, "must be one of answer, escalation"),
        ("stories:\n- story: a\n  metadata:\n    expect: {2: {kind: answer}}\n" + STEPS, 2, "there is no turn 2"),
        ("stories:\n- story: a\n  metadata:\n    channel: fax\n" + STEPS, 4, "must be one of web, sms, rasa; given 'fax'"),
        (
            "stories:\n- story: a\n  metadata:\n    expect:\n      1: {hotline: nobody}\n" + STEPS,
            5,
            "'nobody' is not in knowledge/hotlines.yml",
        ),
        ("stories:\n- story: a\n  metadata:\n    expect:\n      1: {contains: '{nobody.call}'}\n" + STEPS, 5, "{nobody.call} is not in"),
        (
            "stories:\n- story: a\n  metadata:\n    expect:\n      1: {passage: law-misouri}\n" + STEPS,
            5,
            "there is no knowledge/passages/law-misouri.md; the nearest name is law-missouri",
        ),
        ("stories:\n- story: a\n  metadata:\n    given: {slots: {town: x}}\n" + STEPS, 4, "there is no slot town"),
        ("stories:\n- story: a\n  metadata:\n    channel: sms\n    press: [1]\n" + STEPS, 5, "a text message has no button to press"),
        ("stories:\n- story: a\n  metadata:\n    channel: rasa\n    given: {rasa: down}\n" + STEPS, 3, "belong to the gateway"),
        ("stories:\n- story: a\n  steps:\n  - intent: greet\n", 4, "the step has an intent and no words"),
        ("stories:\n- story: a\n  steps:\n  - checkpoint: here\n", 4, "'checkpoint' cannot stand in it"),
        ("stories:\n- story: a\n  steps:\n  - action: utter_greet\n", 3, "the first step must be what the person writes"),
        (
            "stories:\n- story: a\n  metadata:\n    table:\n    - {x: 1}\n    - {y: 1}\n" + STEPS,
            4,
            "every row must have the columns of the first one: x",
        ),
        ("stories:\n- story: a\n  steps:\n  - user: '{word}'\n", 4, "the table has none of this name"),
        ("stories:\n- story: a\n" + STEPS + "- story: a\n" + STEPS, 5, "two stories of the file have the name 'a'"),
        ("stories:\n- story: a\n  steps: [\n", 4, "is not valid YAML"),
        ("rules: []\n", 1, "the file needs `stories:`"),
        ("stories:\n- just words\n", 2, ""),
    ],
)
def test_a_fault_names_file_line_and_what_to_do(tmp_path: Path, text: str, line: int, said: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(StoriesUnreadable) as caught:
        read_stories([file])
    assert [str(fault).startswith(f"{file}:{line}: ") and said in str(fault) for fault in caught.value.faults] == [True], str(caught.value)


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    written(tmp_path, "stories:\n- story: a\n  metadata: {channel: fax, who: nobody}\n" + STEPS, "test_a.yml")
    written(tmp_path, "rules: []\n", "test_b.yml")
    with pytest.raises(StoriesUnreadable) as caught:
        read_stories([tmp_path])
    assert sorted(fault.file.name for fault in caught.value.faults) == ["test_a.yml", "test_a.yml", "test_b.yml"]


def test_every_story_of_the_project_can_be_read_and_says_who_writes() -> None:
    assert [story.name for story in read_stories([DIALOGUES]) if story.who is None] == []
