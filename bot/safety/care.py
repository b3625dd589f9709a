"""Short answers that change care and check-ins."""

from __future__ import annotations

import re

from bot.safety.normalize import fold

_PLAIN_SAFE = re.compile(
    r"^(?:(?:yes|yeah|ok|okay|hi|thanks?|thank you|si)[,.! ]+)*(?:i am|im|i'm|we are|we're|estoy|ya estoy) (?:now |totally |completely |all )?(?:safe|a salvo|segur[oa])"
    r"(?:,? (?:now|here|tonight|again|thanks?|thank you|ahora|gracias|and (?:out|ok|okay|away)|ya))*[.! ]*$|^safe[.! ]*$|^a salvo[.! ]*$"
)
_UNSURE = re.compile(
    r"^(?:(?:um+|uh+|well|ok|okay|please|pls|but|maybe|i guess)[,. ]+)*(?:no+|nope|nah|not? really|not (?:safe|ok|okay|sure|now|good|exactly|yet)|idk|i ?d(?:on'?t|unno|ont) ?(?:know)?|dunno|kind ?of|kinda|sort ?of|sorta|maybe|a (?:little|bit)|i guess|i can'?t (?:say|talk|tell)|something is|it is|they are|he is|she is|probably|perhaps|sometimes|help|more or less|mas o menos|no se|tal vez|quizas?|algo|un poco|no mucho|creo que no)(?: (?:not|no|really|sure|safe|ok|so|wrong|right now|now|yet|maybe|i guess|know|it'?s bad|here|bad|tonight|him|he))*[.!? ]*$"
)
_SAYINGS = {
    "affirm": re.compile(
        r"^(?:(?:yes|yeah|ok|okay|no|nah)[,. ]+)*(?:im|i'm|i am) (?:fine|good|ok|okay|alright|all good|doing (?:ok|good|fine))(?: (?:now|thanks|thank you|thx|ty|dont worry|don't worry))*[.! ]*$"
    ),
    "goodbye": re.compile(
        r"^(?:(?:thx|thanks|thank you|thank u|ty|ok|okay|gracias)(?: (?:so much|a lot|u|you))?[,.! ]+)?(?:good ?bye|bye|bye bye|later|cya|see ya|ttyl|good night|adios|chao)[.! ]*$"
    ),
    "refuse_hotline": re.compile(
        r"^(?:(?:please|pls|por favor|ok|okay|but|no)[,. ]+)*(?:no (?:more )?(?:hot ?lines?|calls|calling)"
        r"|(?:i )?(?:dont|don't|do not|really dont) (?:want to|wanna|need to) (?:call|phone|ring|use|talk to)(?: (?:a|any|the|that|this|your|some))?"
        r"(?: (?:hot ?lines?|lines?|numbers?|anyone|anybody|them|people))?"
        r"|(?:i wont|i won't|i will not|im not|i'm not|i am not) (?:gonna |going to )?(?:call|calling|phoning)(?: (?:a|any|the|that|this|your))?(?: (?:hot ?lines?|lines?|numbers?|anyone|anybody|them))?"
        r"|(?:dont|don't|do not|stop|quit) tell(?:ing)? me to call(?: (?:anyone|anybody|someone|them|(?:a|the|any|that) (?:hot ?line|number)|hot ?lines))?"
        r"|(?:i )?(?:dont|don't|do not|really dont) (?:want|need) (?:a|any|the|your|another|more) (?:hot ?lines?|numbers?|phone numbers?)"
        r"|(?:im |i'm |i am )?not (?:gonna |going to )?call(?:ing)? (?:anyone|anybody|no ?one|nobody|them|(?:a|any|the|that|your) (?:hot ?lines?|lines?|numbers?))"
        r"|(?:i )?(?:aint|ain't|am not) (?:gonna )?call(?:ing)? (?:anyone|anybody|no ?one|nobody|them|(?:a|any|the|no) (?:hot ?lines?|numbers?))"
        r"|(?:stop|quit|enough)(?: it)? with (?:the|that|this|your|all the) (?:hot ?lines?|numbers?)"
        r"|no quiero (?:una |ninguna |mas )?(?:lineas?|numeros?)(?: de ayuda)?"
        r"|no quiero (?:llamar|marcar|hablar)(?: (?:a|con))?(?: (?:ninguna|ningun|la|esa|nadie|una))?(?: (?:lineas?|numeros?|persona))?"
        r"|no me diga[ns]? que llame)(?: (?:please|pls|ok|okay|thanks|gracias|por favor))?[.! ]*$"
    ),
    "cannot_call": re.compile(
        r"^(?:(?:sorry|but|ok|perdon|pero)[,. ]+)*(?:(?:i )?(?:cant|can't|cannot|can not|am not able to|im not able to|i'm not able to) (?:call|phone|make (?:a |phone )?calls?|(?:talk|speak) (?:on|over|by) (?:a|the|my) phone|use (?:a|the|my) phone)"
        r"|no puedo (?:llamar|marcar|hablar por telefono|usar el telefono))(?: (?:anyone|anybody|them|you|that|it|now|right now|rn|here|out loud|ahora|aqui|a nadie))*[.! ]*$"
    ),
}


def plain_saying(text: str) -> str | None:
    """Returns the intent "refuse_hotline", "cannot_call", "goodbye" or "affirm" where the whole message plainly says just that, else None."""
    folded = fold(text)
    return next((intent for intent, pattern in _SAYINGS.items() if pattern.match(folded)), None)


def is_plain_safe(text: str) -> bool:
    """Whether the whole message is a plain "I am safe"; "fine" or "safe if I obey" is not."""
    return _PLAIN_SAFE.match(fold(text)) is not None


def is_unsure(text: str) -> bool:
    """Whether the whole message is a "no", "idk" or "kind of", which escalates after a check-in."""
    return _UNSURE.match(fold(text)) is not None
