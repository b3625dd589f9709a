"""Reads the YAML that people edit within bounds, so that no file can eat the memory or the time of who reads it."""

from __future__ import annotations

from typing import Any

import yaml

MAX_CHARACTERS = 200_000
MAX_DEPTH = 12


class YamlFault(ValueError):
    """A text that is not YAML, or more than a knowledge file needs. `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def read_yaml(text: str) -> Any:
    """Returns the content of a YAML text.

    Raises:
        YamlFault: it is not valid, longer than 200,000 characters, nested deeper than 12, or holds an alias (`*name`),
            with which a file of ten lines can stand for gigabytes.
    """
    if len(text) > MAX_CHARACTERS:
        raise YamlFault(1, f"the file has {len(text):,} characters; at most {MAX_CHARACTERS:,} are read. Split it")
    try:
        _check_events(text)
        return yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        line = error.problem_mark.line + 1 if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark else 1
        raise YamlFault(line, "is not valid YAML") from error
    except YamlFault:
        raise
    except (ValueError, RecursionError) as error:  # a day that does not exist, a number without end
        raise YamlFault(1, "holds a date or number that does not exist") from error


def _check_events(text: str) -> None:
    depth = line = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else line
        if isinstance(event, yaml.AliasEvent):
            raise YamlFault(line, f"the alias *{event.anchor} is not allowed; write the text out")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise YamlFault(line, f"is nested deeper than {MAX_DEPTH} levels")
