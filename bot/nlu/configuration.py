"""Settings of `config.yml`, read into their classes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any, TypeVar

from rasa.shared.exceptions import InvalidConfigException

Settings = TypeVar("Settings")


def configured(settings: type[Settings], values: Mapping[str, Any], where: str) -> Settings:
    """Returns a dataclass filled with the values that stand in `config.yml` at a place such as "CrisisGate: thresholds".

    Raises:
        InvalidConfigException: a value is unknown or missing.
    """
    allowed = fields(settings)  # type: ignore[arg-type]  # every caller gives a dataclass
    unknown = sorted(set(values) - {field.name for field in allowed})
    missing = [
        field.name for field in allowed if field.default is MISSING and field.default_factory is MISSING and field.name not in values
    ]
    if unknown or missing:
        faults = [f"{name} is not known" for name in unknown] + [f"{name} is missing" for name in missing]
        names = ", ".join(field.name for field in allowed)
        raise InvalidConfigException(f"config.yml, {where}: {'; '.join(faults)}. It takes: {names}.")
    return settings(**values)
