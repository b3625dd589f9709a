"""The places Lamplight knows, the ones around them, the levels of law, and how people write them."""

from __future__ import annotations

import re

from bot.safety.normalize import fold

CITIES = {
    "kansas_city": "Kansas City",
    "lees_summit": "Lee's Summit",
    "webster_groves": "Webster Groves",
    "creve_coeur": "Creve Coeur",
}

MISSOURI_PLACES = frozenset({"the City of St. Louis", "St. Louis County", "Independence", "another part of Missouri"})
"""Names that `find_outside` gives for places where Missouri's own laws hold."""

_CITY_PATTERNS = {
    "lees_summit": r"lee'?s? ?'?summ?it+|lees? sumit|lee summit|l\.?s\.? mo|lsmo|lspd|lee'?s smt",
    "webster_groves": r"webster(?: grov\w*)?|webstr grov\w*|wbster grov\w*|wg (?:mo|pd)|wgpd|in wg",
    "creve_coeur": r"cr[ei]+v[ea]?[ -]?c[oeu]+u?e?r\w?|crevecoeur|creve cour|creve couer|creve core|creve cor|in cc mo|ccpd",
    "kansas_city": r"kansas city(?! ?,? ?(?:kansas|ks)\b)|kc(?:mo|pd)?(?! ?,?(?:kansas|ks)\b)|k\.c\.|kansascity|kansas cty|kanas city|kansas cit(?:i|ty)|jackson county",
}
_ALSO_NAMES = "georgia|virginia|montana|maine|dallas|houston|denver|phoenix"
_KANSAS_METRO = r"kansas city ?,? ?(?:kansas|ks)|kck|overland park|olathe|lenexa|shawnee|leawood|merriam(?![ -]webster)"
_MISSOURI_METRO = r"blue springs|raytown|grandview|gladstone|liberty,? mo|belton|north kansas city|grain valley|raymore|parkville"
"""The towns around Kansas City on either side of the state line."""


def _alone(name: str) -> str:
    """The pattern of a name that is a place for sure only where a message says no more: "and independence?"."""
    return rf"^(?:(?:and|or|ok|so|but|y) )*{name}(?=\W*$)"


_OUTSIDE_PATTERNS = {
    "Kansas": _KANSAS_METRO
    + r"|wichita|topeka|leavenworth|kansas(?![ -]?c(?:it+[yi]|ty))|(?:johnson|wyandotte) county(?! ?,? ?(?:mo|missouri)\b)|(?:county|,) ?ks",
    "Illinois": r"illinois|(?:east|e\.?) (?:st\.?|saint) louis|east stl|belleville|chicago|collinsville|edwardsville|granite city|(?:in|from|near|around|at|live|what about) alton|alton,? (?:il|illinois)|"
    + _alone("alton"),
    "the City of St. Louis": r"st\.? louis(?! county)|saint louis(?! county)|stl(?! county)",
    "St. Louis County": r"(?:st\.?|saint) louis county|stl county|(?:in|from|near|around|at|what about) (?:clayton|ferguson)|(?:clayton|ferguson),? (?:mo|missouri|police|court)|kirkwood|ladue|florissant|chesterfield|maplewood|university city|ballwin|town and country|maryland heights|olivette",
    "Independence": r"(?:in|from|near|around|at|about|live|en|por|x|de|de la|las de) independ[ae]nce(?! (?:ave|day))|independ[ae]nce,? (?:mo|missouri|police|pd|court|municipal|city|shelters?|laws?)|(?:shelters?|laws?) independ[ae]nce|"
    + _alone("independ[ae]nce"),
    "another part of Missouri": r"springfield|columbia,? mo|branson|joplin|st\.? joseph|jefferson city|rolla|cape girardeau|sedalia|"
    + _MISSOURI_METRO
    + r"|st\.? charles|o'?fallon",
    "Iowa": r"iowa|des moines",
    "Nebraska": r"nebraska|omaha|lincoln,? ne",
    "Arkansas": r"arkansas|little rock",
    "Oklahoma": r"oklahoma|tulsa",
    "another state": r"texas|california|nevada|las vegas|flor?ida|florda|new york|tennessee|kentucky|ohio|colorado|arizona|indiana|michigan|wisconsin|minnesota|louisiana|alabama|mississippi|atlanta|memphis|alaska|connecticut|delaware|hawaii|idaho|maryland|massachusetts|new hampshire|new jersey|new mexico|north carolina|north dakota|oregon|pennsylvania|rhode island|south carolina|south dakota|utah|vermont|washington state|west virginia|wyoming|portland|seattle|los angeles|canada|mexico city|england|germany|amsterdam|netherlands|"
    rf"(?:in|to|2|from|near|of|at|around|what about|how about|en|a|de|hacia) (?:{_ALSO_NAMES})|(?:{_ALSO_NAMES}) (?:laws?|state|police|trafficking|prostitution)|^(?:{_ALSO_NAMES})$",
}
_AREA_PATTERNS = {
    "kansas_city": _KANSAS_METRO + r"|(?:johnson|wyandotte) county"
    r"|" + _MISSOURI_METRO + r"|" + _OUTSIDE_PATTERNS["Independence"],
    "creve_coeur": r"st\.? charles|"
    + "|".join(rf"(?:{_OUTSIDE_PATTERNS[place]})" for place in ("the City of St. Louis", "St. Louis County")),
}
_LEVEL_PATTERNS = {
    "city": r"(?:city|municipal|local|town) (?:laws?|ordinances?|codes?|rules?|courts?|council|police|licen[cs]es?|permits?)|ordinances?|city ?hall|city level",
    "county": r"(?:county|circuit) (?:laws?|ordinances?|codes?|rules?|courts?|police|prosecutors?|sheriff\w*|jail|health|level)|(?:the|a|my|our) county",
    "state": r"(?:state|missouri|mo) (?:laws?|statutes?|codes?|courts?|crimes?|charges?|level|felon\w+)|rsmo|statewide|at the state|state of missouri",
    "federal": r"federal\w*|feds|u\.?s\.? (?:laws?|codes?|attorneys?)|congress|fbi|homeland security|visas?|t-?visa|nationwide",
}
_CITY = {city: re.compile(rf"\b(?:{pattern})\b") for city, pattern in _CITY_PATTERNS.items()}
_AT_A_PLACE = re.compile(
    rf"\b(?:(?:in|at|near|around|of|for|about) )?(?:{'|'.join([*_CITY_PATTERNS.values(), *_OUTSIDE_PATTERNS.values()])})\b(?:,? (?:missouri|mo)\b)?"
)
_AREA = {city: re.compile(rf"\b(?:{pattern})(?![a-z0-9])") for city, pattern in _AREA_PATTERNS.items()}
_LEVEL = {level: re.compile(rf"\b(?:{pattern})\b") for level, pattern in _LEVEL_PATTERNS.items()}
_OUTSIDE = {place: re.compile(rf"\b(?:{pattern})\b") for place, pattern in _OUTSIDE_PATTERNS.items()}


_ONLY_A_PLACE = re.compile(
    r"(?:[\W_]|\b(?:i|im|i'm|am|we|were|we're|are|its|it's|he|she|hes|shes|live|lives|living|stay|staying|here|now|right|close|near|nearby|in|at|by"
    r"|to|from|around|the|area|city|of|ok|yes|yo|estoy|estamos|vivo|vivimos|soy|aqui|en|cerca|de|por|ahora|mo|missouri)\b)*"
)


def find_city(text: str) -> str | None:
    """Returns the id of the one known city that a message names, the last one where it names several."""
    folded = fold(text)
    found = [(match.start(), city) for city, pattern in _CITY.items() for match in pattern.finditer(folded)]
    return max(found)[1] if found else None


def find_area(text: str) -> str | None:
    """Returns the id of the known city in whose metropolitan area a message is, for its local lines alone."""
    folded = fold(text)
    if find_outside(text) == "Illinois":
        return None
    return find_city(text) or next((city for city, pattern in _AREA.items() if pattern.search(folded)), None)


def find_outside(text: str) -> str | None:
    """Returns the name of a place outside the four cities, or None where none is named."""
    folded = fold(text)
    for place, pattern in _OUTSIDE.items():
        if pattern.search(folded):
            return place
    return None


def without_places(text: str) -> str:
    """Returns a text without the places that it names, in lower case where it names one."""
    folded = fold(text)
    left = _AT_A_PLACE.sub("", folded)
    return text if left == folded else " ".join(left.split())


def find_level(text: str) -> str | None:
    """Returns the level of law that a message names: city, county, state or federal; None where it names none or several."""
    folded = fold(text)
    named = [level for level, pattern in _LEVEL.items() if pattern.search(folded)]
    return named[0] if len(named) == 1 else None


def names_only_a_place(text: str) -> bool:
    """Whether a message says where somebody is, and nothing else: "im in creve coeur"."""
    left = without_places(text)
    return left != text and _ONLY_A_PLACE.fullmatch(left) is not None
