"""Who speaks is told from plain words about oneself, and from nothing else."""

import pytest

from bot.retrieval.audience import find_audience


@pytest.mark.parametrize(
    ("text", "audience"),
    [
        ("as a survivor how do i clear my record", "survivor"),
        ("i used to be in the life, can i get a job", "survivor"),
        ("I was trafficked as a kid", "survivor"),
        ("im out of the life now who helps", "survivor"),
        ("soy sobreviviente", "survivor"),
        ("i was sold a fake ticket", None),
        ("as the mother of a survivor", None),
        ("my sister is a survivor", "family"),
        ("i work the front desk at a motel", "staff"),
        ("we clean rooms at a hotel", "staff"),
        ("im afraid they will charge me", "charged"),
        ("can i get in trouble", "charged"),
        ("am i going to get arrested", "charged"),
        ("i got charged", "charged"),
        ("i got picked up last week and im scared ill lose my kids", "charged"),
        ("my daughter got charged", "family"),
        ("for a class paper", "student"),
        ("is it legal in missouri", None),
    ],
)
def test_find_audience(text: str, audience: str | None) -> None:
    assert find_audience(text) == audience
