"""The places Lamplight knows, the ones around them, and how people write them."""

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
    "kansas_city": r"kansas city(?! ?,? ?(?:kansas|ks)\b)|kc(?:mo|pd)?(?! ?,?(?:kansas|ks)\b)|k\.c\.|kansascity|kansas cty|kanas city|kansas citi|jackson county",
}
_OUTSIDE_PATTERNS = {
    "Kansas": r"kansas city ?,? ?(?:kansas|ks)|kck|overland park|olathe|lenexa|shawnee|leawood|wichita|topeka|(?:in|of|to|for|state of) kansas(?! city)|kansas (?:law|state|side)",
    "Illinois": r"illinois|east st\.? louis|belleville|chicago|collinsville|edwardsville|granite city",
    "the City of St. Louis": r"st\.? louis(?! county)|saint louis(?! county)|stl(?! county)",
    "St. Louis County": r"(?:st\.?|saint) louis county|stl county|clayton|kirkwood|florissant|chesterfield|maplewood|university city|ferguson|ballwin|town and country|maryland heights|olivette",
    "Independence": r"independence(?! ave)",
    "another part of Missouri": r"springfield|columbia,? mo|branson|joplin|st\.? joseph|jefferson city|rolla|cape girardeau|sedalia|blue springs|raytown|grandview|gladstone|liberty,? mo|belton|north kansas city|st\.? charles|o'?fallon",
    "Iowa": r"iowa|des moines",
    "Nebraska": r"nebraska|omaha|lincoln,? ne",
    "Arkansas": r"arkansas|little rock",
    "Oklahoma": r"oklahoma|tulsa",
    "another state": r"texas|california|nevada|las vegas|flor?ida|florda|new york|tennessee|kentucky|ohio|colorado|georgia|arizona|indiana|michigan|wisconsin|minnesota|louisiana|alabama|mississippi|dallas|houston|denver|atlanta|memphis|alaska|connecticut|delaware|hawaii|idaho|maine|maryland|massachusetts|montana|new hampshire|new jersey|new mexico|north carolina|north dakota|oregon|pennsylvania|rhode island|south carolina|south dakota|utah|vermont|virginia|washington state|west virginia|wyoming|portland|seattle|los angeles|phoenix|canada|mexico city|england|germany|amsterdam|netherlands",
}
_CITY = {city: re.compile(rf"\b(?:{pattern})\b") for city, pattern in _CITY_PATTERNS.items()}
_OUTSIDE = {place: re.compile(rf"\b(?:{pattern})\b") for place, pattern in _OUTSIDE_PATTERNS.items()}


def find_city(text: str) -> str | None:
    """Returns the id of the one known city that a message names, the last one where it names several."""
    folded = fold(text)
    found = [(match.start(), city) for city, pattern in _CITY.items() for match in pattern.finditer(folded)]
    return max(found)[1] if found else None


def find_outside(text: str) -> str | None:
    """Returns the name of a place outside the four cities, or None where none is named."""
    folded = fold(text)
    for place, pattern in _OUTSIDE.items():
        if pattern.search(folded):
            return place
    return None
