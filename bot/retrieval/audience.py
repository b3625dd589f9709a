"""Who a message speaks as, where its words show it: a survivor, a relative, hotel or clinic staff, a person afraid of a charge."""

from __future__ import annotations

import re

from bot.safety.normalize import fold

_RELATIVE = (
    r"(?:daughter|son|kid|kids|child|children|sister|brother|niece|nephew|cousin|granddaughter|grandson|grandchild|"
    r"stepdaughter|stepson|wife|girlfriend|friend|roommate|mom|mother|best friend)"
)
_SIGNS = {  # in this order: "i got charged, will i lose my kids" is about a charge of one's own
    "survivor": (
        r"\b(?:as|i am|i'?m) (?:an? )?(?:\w+ )?survivor\b",
        r"\bi (?:used to be|was|have been|had been) (?:in the (?:life|game)|trafficked|pimped out|sold(?! (?:an?|the|some|it)\b))\b",
        r"\b(?:when|since|after) i (?:was in|left|got out of) the (?:life|game)\b",
        r"\b(?:i got|i made it|i am|i'?m) out of the (?:life|game)\b",
        r"\b(?:soy|como) (?:una? )?sobreviviente\b",
    ),
    "staff": (
        r"\bwe (?:have|had|get|see) (?:a |some )?(?:guests?|patients?|residents?)\b",
        r"\b(?:our|my) (?:guests?|patients?|front desk|hotel|motel|clinic|er|employees?|housekeep\w*|pupils?|students|staff)\b",
        r"\bi (?:work|clean|manage|am|m) (?:\w+ ){0,3}(?:hotel|motel|clinic|hospital|school|shelter|er)\b",
        r"\b(?:i|we) (?:work|clean|manage|run|own) (?:\w+ ){0,4}(?:front desk|hotels?|motels?)\b",
        r"\b(?:as|i am|i'?m) (?:an? |the )?(?:\w+ )?(?:clerk|nurse|teacher|manager|housekeeper|social worker|counselor|case ?worker|paramedic)\b",
    ),
    "charged": (
        r"\bi (?:got|was|am|'m|have been|been|just got) (?:\w+ )?(?:arrested|charged|booked|ticketed|cited|caught|picked up)\b",
        r"\bmy (?:\w+ )?(?:court(?: date)?|charges?|case|ticket|lawyer|attorney|probation|warrant|arrest|record|plea|hearing)\b",
        r"\b(?:will|would|could|do|can|am) i (?:gonna |going to )?(?:go to jail|get arrested|be charged|get charged|be arrested|get in(?:to)? trouble)\b",
        r"\b(?:i am|i'?m) (?:\w+ )?(?:afraid|scared|worried) (?:that )?(?:(?:they|the cops|the police|someone) (?:will|might|could|may|are going to) (?:charge|arrest|book) me|of (?:getting|being) (?:charged|arrested)|i (?:will|might|could|may) (?:be|get) (?:charged|arrested))\b",
        r"\bi (?:got|was) caught (?:up )?in a sting\b",
    ),
    "family": (
        rf"\bmy (?:\w+ )?{_RELATIVE}\b",
        r"\bas (?:a|her|his|their) (?:parent|mom|mother|dad|father|sister|brother)\b",
    ),
    "student": (
        r"\bfor (?:a|my|our) (?:class|school|college|essay|paper|project|report|thesis|research)\b",
        r"\b(?:essay|term paper|homework|thesis|dissertation|class project|presentation)\b",
    ),
}
_COMPILED = {audience: re.compile("|".join(patterns)) for audience, patterns in _SIGNS.items()}


def find_audience(text: str) -> str | None:
    """Returns the audience whose words a message uses, as passages name it in `audience`, or None.

    Only plain words about oneself count ("my daughter", "I got charged"); nobody is guessed at.
    """
    folded = fold(text)
    return next((audience for audience, signs in _COMPILED.items() if signs.search(folded)), None)
