"""The lock on the crisis wording: `python -m bot.nlg.wording_lock` shows what no review covers.

`knowledge/wording_review.yml` holds, for each locked response of `domain.yml`, a digest of its
variations, the date of the review and the two roles that reviewed it. docs/safety-protocol.md
says who may change it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import typer
import yaml

from bot.safety.hotlines import ROOT

DOMAIN = ROOT / "domain.yml"
REVIEW = ROOT / "knowledge" / "wording_review.yml"
ROLES_NEEDED = 2
SIMULATED = "simulated"

_PREFIXES = ("utter_crisis_", "utter_text_911_")
_NAMES = frozenset(
    {
        "utter_check_in",
        "utter_check_in_danger",
        "utter_care_line",
        "utter_fallback",
        "utter_cannot_call",
        "utter_cannot_call_police",
        "utter_watched",
        "utter_watched_police",
        "utter_sorrow",
        "utter_refuse_hotline",
        "utter_sms_help",
        "utter_sms_stop",
        "utter_sms_more_than_safe",
    }
)
_NO_ROLE = ("draft", "author", "not yet", "pending", "todo")

Reviews = Mapping[str, Mapping[str, Any]]


def locked_responses(domain: Path = DOMAIN) -> dict[str, Any]:
    """Returns the variations of every response that two roles must review, by name."""
    responses = yaml.safe_load(domain.read_text(encoding="utf-8"))["responses"]
    return {name: variations for name, variations in sorted(responses.items()) if name.startswith(_PREFIXES) or name in _NAMES}


def wording_digest(variations: Any) -> str:
    """Returns the SHA-256 of the variations of a response: texts, conditions, channels and buttons."""
    canonical = json.dumps(variations, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def read_reviews(review: Path = REVIEW) -> dict[str, Any]:
    """Returns the recorded reviews by response name; no file is no review."""
    if not review.exists():
        return {}
    return dict((yaml.safe_load(review.read_text(encoding="utf-8")) or {}).get("reviews") or {})


def review_faults(responses: Mapping[str, Any], reviews: Reviews, today: date | None = None, release: bool = False) -> list[str]:
    """Returns one sentence for each locked response that no proper review covers.

    `release` also refuses reviews whose role says that it was only simulated.
    """
    faults = [f"{name}: is reviewed but no longer stands in domain.yml" for name in reviews if name not in responses]
    for name, variations in responses.items():
        entry = reviews.get(name)
        digest = wording_digest(variations)
        if entry is None:
            faults.append(f"{name}: has never been reviewed; its digest is {digest}")
            continue
        if entry.get("sha256") != digest:
            faults.append(f"{name}: has changed since its review; its digest is {digest}")
        reviewed_on = entry.get("reviewed_on")
        if not isinstance(reviewed_on, date) or reviewed_on > (today or datetime.now(UTC).date()):
            faults.append(f"{name}: reviewed_on must be a date that has come, given {reviewed_on!r}")
        faults += [f"{name}: {fault}" for fault in _role_faults(entry.get("reviewed_by"), release)]
    return faults


def renewed(responses: Mapping[str, Any], reviews: Reviews, today: date, roles: Sequence[str] = ()) -> dict[str, Any]:
    """Returns the reviews with the digest and date of what has changed; unchanged ones stay as they are.

    A changed response keeps its roles unless `roles` are given, which a new response needs.

    Raises:
        ValueError: a new response has no roles.
    """
    entries: dict[str, Any] = {}
    for name, variations in responses.items():
        entry, digest = reviews.get(name, {}), wording_digest(variations)
        reviewed_by = list(roles or entry.get("reviewed_by") or ())
        if not reviewed_by:
            raise ValueError(f"{name} is new: name its two roles with --reviewed-by ROLE --reviewed-by ROLE.")
        if entry.get("sha256") == digest and reviewed_by == entry.get("reviewed_by"):
            entries[name] = dict(entry)
        else:
            entries[name] = {"sha256": digest, "reviewed_on": today, "reviewed_by": reviewed_by}
    return entries


def write_reviews(entries: Mapping[str, Any], review: Path = REVIEW) -> None:
    """Writes the reviews under the comment that opens the file."""
    opening = []
    for line in review.read_text(encoding="utf-8").splitlines() if review.exists() else ():
        if not line.startswith("#"):
            break
        opening.append(line)
    body = yaml.dump({"reviews": dict(entries)}, Dumper=_PlainDumper, sort_keys=False, allow_unicode=True, width=140)
    review.write_text("\n".join([*opening, body]), encoding="utf-8")


class _PlainDumper(yaml.SafeDumper):
    """Writes every date and list out, without anchors, so that people can read each entry by itself."""

    def ignore_aliases(self, data: Any) -> bool:
        """Treats nothing as a repetition."""
        return True


def _role_faults(roles: Any, release: bool) -> list[str]:
    if not isinstance(roles, list) or not all(isinstance(role, str) and role.strip() for role in roles):
        return ["reviewed_by must list roles"]
    faults = []
    if len({role.strip().lower() for role in roles}) < ROLES_NEEDED:
        faults.append(f"needs {ROLES_NEEDED} different roles, given {roles}")
    faults += [f"{role!r} is not the role of a reviewer" for role in roles if role.strip().lower().startswith(_NO_ROLE)]
    if release:
        faults += [f"the review as {role!r} must be a real one before launch" for role in roles if SIMULATED in role.lower()]
    return faults


def main(
    write: bool = typer.Option(False, "--write", help="Take over the digests of what has changed, with today's date."),
    release: bool = typer.Option(False, "--release", help="Also fail while a review is only simulated."),
    reviewed_by: list[str] = typer.Option(
        [], help="A role that reviewed everything; give it twice. Without it each response keeps its roles."
    ),
) -> None:
    """Show which crisis wording no review covers; after both roles have read it, take it over."""
    responses = locked_responses()
    if write:
        try:
            write_reviews(renewed(responses, read_reviews(), datetime.now(UTC).date(), reviewed_by))
        except ValueError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(2) from error
    faults = review_faults(responses, read_reviews(), release=release)
    for fault in faults:
        typer.echo(fault, err=True)
    if faults:
        raise typer.Exit(1)
    typer.echo(f"All {len(responses)} locked responses are covered by a review.")


if __name__ == "__main__":
    typer.run(main)
