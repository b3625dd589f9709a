import pytest

from bot.safety.language import detect_language
from bot.safety.places import find_area, find_city, find_level, find_outside


@pytest.mark.parametrize(
    ("text", "city", "outside"),
    [
        ("is it legal in KC?", "kansas_city", None),
        ("kcmo penalties", "kansas_city", None),
        ("Lees Summit help", "lees_summit", None),
        ("Lee's Summit police", "lees_summit", None),
        ("webster groves", "webster_groves", None),
        ("creve couer laws", "creve_coeur", None),
        ("crevecoeur", "creve_coeur", None),
        ("kansas city kansas", None, "Kansas"),
        ("in overland park", None, "Kansas"),
        ("I live in Illinois", None, "Illinois"),
        ("st louis city", None, "the City of St. Louis"),
        ("St. Louis County", None, "St. Louis County"),
        ("what about Independence", None, "Independence"),
        ("and independence?", None, "Independence"),
        ("independence?", None, "Independence"),
        ("independence shelters", None, "Independence"),
        ("we want independence", None, None),
        ("ladue", None, "St. Louis County"),
        ("shelter in merriam", None, "Kansas"),
        ("what does merriam-webster say", "webster_groves", None),
        ("leavenworth", None, "Kansas"),
        ("and alton?", None, "Illinois"),
        ("alton hits me", None, None),
        ("i live in grain valley", None, "another part of Missouri"),
        ("what is the fine", None, None),
        ("and kansas?", None, "Kansas"),
        ("does kansas differ", None, "Kansas"),
        ("johnson county ks", None, "Kansas"),
        ("wyandotte county", None, "Kansas"),
        ("kansas city", "kansas_city", None),
        ("kansas citi", "kansas_city", None),
        ("kansas citty", "kansas_city", None),
        ("arkansas", None, "Arkansas"),
        ("en independence", None, "Independence"),
        ("nos lleva a houston", None, "another state"),
        ("east saint louis", None, "Illinois"),
        ("East St. Louis", None, "Illinois"),
        ("i want my independence back", None, None),
        ("Independence, MO", None, "Independence"),
        ("my friend virginia needs help", None, None),
        ("i live in virginia", None, "another state"),
        ("georgia law", None, "another state"),
        ("clayton hits me", None, None),
        ("what about clayton", None, "St. Louis County"),
    ],
)
def test_places(text: str, city: str | None, outside: str | None) -> None:
    assert find_city(text) == city
    assert find_outside(text) == outside or city is not None


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("i live in independence and he hits me", "kansas_city"),
        ("im in overland park", "kansas_city"),
        ("blue springs", "kansas_city"),
        ("im in st louis", "creve_coeur"),
        ("near clayton", "creve_coeur"),
        ("creve coeur", "creve_coeur"),
        ("east st. louis", None),
        ("springfield", None),
        ("he hits me", None),
    ],
)
def test_areas(text: str, area: str | None) -> None:
    assert find_area(text) == area


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("no puedo mas", "es"),
        ("me pega", "es"),
        ("help me", "en"),
        ("no", "en"),
        ("救命", "other"),
        ("помогите мне", "other"),
        ("🙂", "en"),
        ("li pran papye m, mwen pa ka soti", "other"),
        ("mon patron garde mon passeport et je ne peux pas sortir", "other"),
        ("hindi ako makaalis dito, natatakot ako", "other"),
        ("chu giu ho chieu cua toi, khong cho toi ve", "other"),
        ("ele guarda meu passaporte e eu não posso sair", "other"),
        ("ich habe angst vor meinem mann", "other"),
        ("non posso uscire di casa", "other"),
        ("boje sie mojego meza", "other"),
        ("mera pati mujhe marta hai", "other"),
        ("da cops tuk ma fone n id", "en"),
        ("ma bf aint lettin me go da store", "en"),
        ("ion kno wat 2 do", "en"),
        ("my ma is mad", "en"),
        ("c'est la vie, i am fine", "en"),
        ("mi ma y mi pa me pegan", "es"),
        ("ya no kiero star aki xfa", "es"),
        ("no me deja salir de casa", "es"),
        ("con mi tio en la casa", "es"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("is it a federal crime", "federal"),
        ("what do the feds do with pimps", "federal"),
        ("can i get a t visa", "federal"),
        ("missouri statute on promoting prostitution", "state"),
        ("what does state law say", "state"),
        ("is there a city ordinance against it", "city"),
        ("do i go to municipal court", "city"),
        ("jackson county court or the city", "county"),
        ("who is the county prosecutor", "county"),
        ("is it a state or a federal charge: state law or federal law?", None),
        ("is it legal in kansas city", None),
        ("what state is this", None),
    ],
)
def test_levels_of_law(text: str, level: str | None) -> None:
    assert find_level(text) == level
