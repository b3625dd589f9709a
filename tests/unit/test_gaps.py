from datetime import date
from pathlib import Path

from bot.gaps import Gap, Gaps

DAY = date(2026, 11, 22)


async def test_counts_show_from_five_on_by_week_topic_and_city(tmp_path: Path) -> None:
    gaps = Gaps(tmp_path / "gaps.sqlite")
    for _ in range(6):
        await gaps.count("laws", "kansas_city", DAY)
    for _ in range(5):
        await gaps.count("help", None, DAY)
    for _ in range(4):
        await gaps.count("risks", "creve_coeur", DAY)
    assert await gaps.rows() == [Gap("2026-W47", "laws", "kansas_city", 6), Gap("2026-W47", "help", "none", 5)]


async def test_no_table_is_no_gap(tmp_path: Path) -> None:
    assert await Gaps(tmp_path / "gaps.sqlite").rows() == []
