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
_WHO = r"(?:someone|somebody|sum(?:1|one)|some1|he|she|they|hes|shes|theyre|people|ppl|my (?:\w+ )?\w+|the \w+|a \w+)"
_THEIR_EYES = (
    rf"{_WHO}(?:'s|s|'re| is| are| might be| may be| could be)?(?: (?:just|now|still|right here|standing (?:here|there)|sitting (?:here"
    r"|there|next to me)))?"
    r" (?:(?:reading|lookin|looking|watching|checking|staring|peeking|snooping|scrolling|going)(?: (?:at|over|through|thru|in|on))?"
    r"|(?:can |could |might )sees?|can read|sees)"
    r" (?:(?:my|the|this|our) (?:shoulder|phone|fone|cell|screen|messages?|texts?|msgs|chat|computer|laptop|tablet|conversation)|this"
    r"|(?:what|everything) (?:i|im|i'm|i am) (?:typ|writ)\w+)"
    r"(?: (?:now|right now|rn|again|too|as i type))*"
    r"|(?:alguien|el|ella|ellos|(?:mi|un|la) (?:\w+ )?\w+)? ?(?:me |nos )?(?:(?:esta|estan|anda|andan) (?:leyendo|viendo|mirando"
    r"|revisando|checando|espiando)(?:me)?|(?:puede|pueden) (?:ver|leer))"
    r" (?:(?:mi|mis|el|la|los|este|esta|sobre mi|por encima de mi) (?:celular|cel|telefono|pantalla|mensajes|chat|computadora|compu"
    r"|tableta|conversacion|hombro)|esto|(?:todo )?lo que escribo)"
    r"(?: (?:ahora|ahorita|mismo|ya|en este momento))*"
)
_HIDE_IT = (
    r"(?:(?:delete|hide|close|clear|remove) (?:this|it|that|all this|all of it|everything|this (?:page|screen))(?: (?:now|right now"
    r"|rn|please|pls|plz|quick|quickly|fast|asap))*"
    r"|(?:(?:borr[ae]n?|elimin[ae]n?|escond[ae]n?|esconde|ocult[ae]|cierr[ae]|quit[ae]) (?:esto|eso|todo|esta (?:pagina|pantalla))"
    r"|(?:borr|elimin|ocult|quit)[ae]lo)(?: (?:ya|rapido|por favor|porfa|pronto|ahora|ahorita))*)"
)
_COMES_IN = (
    rf"(?:oh \w+ |wait )?{_WHO}(?:'s|s|'re| is| are)?(?: just)? (?:walked in|walking in|came in|came back|coming|coming in|coming back"
    r"|got home|woke up|here|back|home|in the room|right (?:here|next to me|behind me))"
    r"|(?:el|ella|alguien|mi \w+)? ?(?:ya )?(?:entro|llego|regreso|viene|esta aqui|se desperto|acaba de (?:entrar|llegar|regresar))"
    r"|gtg|g2g|brb|wait|hold on|stop|sorry|please|pls|plz|quick|hurry|ok|okay|shit|omg|espera|esperame|rapido|perdon|por favor|cuidado"
)
_THEN = r"(?:[,.;! ]+(?:(?:and|so|but|y|pero) )?)"
_LINES = r"(?:(?:a|any|the|that|this|your|some|el|la|al) )?(?:hot ?lines?|lines?|numbers?|911|988)"
_SAYINGS = {
    "watched": re.compile(
        rf"^(?:(?:{_COMES_IN}){_THEN}){{0,4}}(?:{_THEIR_EYES}|{_HIDE_IT})(?:{_THEN}(?:{_THEIR_EYES}|{_HIDE_IT}|{_COMES_IN})){{0,4}}[.! ]*$"
    ),
    "affirm": re.compile(
        r"^(?:(?:yes|yeah|ok|okay|no|nah)[,. ]+)*(?:im|i'm|i am) (?:fine|good|ok|okay|alright|all good|doing (?:ok|good|fine))(?: (?:now|thanks|thank you|thx|ty|dont worry|don't worry))*[.! ]*$"
    ),
    "goodbye": re.compile(
        r"^(?:(?:thx|thanks|thank you|thank u|ty|ok|okay|gracias)(?: (?:so much|a lot|u|you))?[,.! ]+)?(?:good ?bye|bye|bye bye|later|cya|see ya|ttyl|good night|adios|chao)[.! ]*$"
    ),
    "refuse_hotline": re.compile(
        r"^(?:(?:please|pls|por favor|ok|okay|but|no)[,. ]+)*(?:no (?:more )?(?:hot ?lines?|calls|calling|911|988)"
        r"|(?:i )?(?:dont|don't|do not|really dont) (?:want to|wanna|need to) (?:call|phone|ring|use|talk to)(?: (?:a|any|the|that|this|your|some))?"
        r"(?: (?:hot ?lines?|lines?|numbers?|anyone|anybody|them|people))?"
        r"|(?:i wont|i won't|i will not|im not|i'm not|i am not) (?:gonna |going to )?(?:call|calling|phoning)(?: (?:a|any|the|that|this|your))?(?: (?:hot ?lines?|lines?|numbers?|anyone|anybody|them))?"
        rf"|(?:dont|don't|do not|stop|quit) tell(?:ing)? me to (?:call|text)(?: (?:anyone|anybody|someone|them|{_LINES}))?"
        r"|(?:i )?(?:dont|don't|do not|wont|won't|will not|im not|i'm not|i am not) (?:want to |wanna |going to |gonna )?call(?:ing)? (?:911|988)"
        r"|(?:i )?(?:dont|don't|do not|really dont) (?:want|need) (?:a|any|the|your|another|more) (?:hot ?lines?|numbers?|phone numbers?)"
        r"|(?:im |i'm |i am )?not (?:gonna |going to )?call(?:ing)? (?:anyone|anybody|no ?one|nobody|them|(?:a|any|the|that|your) (?:hot ?lines?|lines?|numbers?))"
        r"|(?:i )?(?:aint|ain't|am not) (?:gonna )?call(?:ing)? (?:anyone|anybody|no ?one|nobody|them|(?:a|any|the|no) (?:hot ?lines?|numbers?))"
        r"|(?:stop|quit|enough)(?: it)? with (?:the|that|this|your|all the) (?:hot ?lines?|numbers?)"
        r"|no quiero (?:una |ninguna |mas )?(?:lineas?|numeros?)(?: de ayuda)?"
        r"|no quiero (?:llamar|marcar|hablar)(?: (?:a|con))?(?: (?:ninguna|ningun|la|esa|nadie|una))?(?: (?:lineas?|numeros?|persona))?"
        r"|no me diga[ns]? que llame(?: a nadie| al? (?:911|988|la linea))?)(?: (?:please|pls|ok|okay|thanks|gracias|por favor))?[.! ]*$"
    ),
    "cannot_call": re.compile(
        r"^(?:(?:sorry|but|ok|perdon|pero)[,. ]+)*(?:(?:i )?(?:cant|can't|cannot|can not|am not able to|im not able to|i'm not able to) (?:call|phone|make (?:a |phone )?calls?|(?:talk|speak) (?:on|over|by) (?:a|the|my) phone|use (?:a|the|my) phone)"
        r"|no puedo (?:llamar|marcar|hablar por telefono|usar el telefono))(?: (?:anyone|anybody|them|you|that|it|now|right now|rn|here|out loud|ahora|aqui|a nadie))*"
        r"(?:,? (?:(?:because|bc|cause|cuz|cos|or|porque) )?(?:(?:he|she|they|somebody|someone|people)(?:'?d|'?ll| would| will| might| could| can)? (?:hears?|listens?)"
        r"|me (?:oyen?|escuchan?|van? a (?:oir|escuchar)))(?: (?:me|it|us|everything|todo))?)?[.! ]*$"
    ),
}


def plain_saying(text: str) -> str | None:
    """Returns an intent where the whole message plainly says just that, else None.

    The intents are "watched", "refuse_hotline", "cannot_call", "goodbye" and "affirm".
    """
    folded = fold(text)
    return next((intent for intent, pattern in _SAYINGS.items() if pattern.match(folded)), None)


def is_plain_safe(text: str) -> bool:
    """Whether the whole message is a plain "I am safe"; "fine" or "safe if I obey" is not."""
    return _PLAIN_SAFE.match(fold(text)) is not None


def is_unsure(text: str) -> bool:
    """Whether the whole message is a "no", "idk" or "kind of", which escalates after a check-in."""
    return _UNSURE.match(fold(text)) is not None
