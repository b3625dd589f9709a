"""Whole messages whose meaning hangs on what was said before, in English and Spanish; all functions take folded text."""

from __future__ import annotations

import re

_BARE = re.compile(
    r"^(?:ok+|okay|k+|yes|yeah|yep|yup|no+|nope|nah|sure|all ?right|fine|good|got it|i see|si|bueno|vale|dale|claro|esta bien"
    r"|(?:no |yes |ok )?(?:im|i'm|i am) (?:fine|ok|okay|good|alright))(?: (?:thanks|thank you|gracias))?[.! ]*$"
)
_ASKS = re.compile(
    r"\?|^[¿¡ ]*(?:(?:so|but|and|ok|okay|wait|hey|hi|y|pero|oye)[, ]+)*(?:are|r|is|am|do|does|did|can|could|will|would|should"
    r"|whos?|whats?|hows?|where|when|why|which|any|(?:tell|show|give|find|sing|play|make|get) me|write|translate|search"
    r"|eres|es|hay|quien|que|como|cuando|donde|cual|puede|puedo|por que|dime|digame|cuentame|escribe)\b"
)
_RHETORICAL = re.compile(
    r"^(?:who cares|why (?:bother|me)|what(?:s| is|'s) the (?:point|use)|so what|what for|que importa|para que|y que|a quien le importa)\b"
)
_PROGRAM = re.compile(r"\b(?:bots?|robots?|ai|machine|program|computer|human|person|real|script|maquina|persona|humano|programa)\b")
_JUST = r"(?: just| already| did| have| finally)*"
_LINES_CALLED = r"(?: (?:911|988|for help|an ambulance|the (?:ambulance|number|line|hotline)))"
_HELP_COMES = r"(?:'s| is| are)? (?:here|coming|on (?:the|their|its) way|on the phone)"
_VIENE = r"(?:ya )?(?:viene|va|llego|esta aqui|viene en camino|esta en camino)"
_HAS_CALLED = re.compile(
    r"^(?:(?:ok|okay|yes|yeah|yea|done|alright|fine|so|hi|si|bueno)[,. ]+)*(?:"
    rf"(?:i|ive|i've|we|weve|we've){_JUST} (?:called|phoned|rang|dialed|call 911)(?:{_LINES_CALLED}| them| it| now| already| just now)*"
    rf"|(?:she|he|they|(?:my|his|her) \w+|someone|somebody){_JUST} (?:called|phoned|rang|dialed){_LINES_CALLED}(?: now| already)?"
    rf"|(?:the |an )?(?:help|ambulance|paramedics?|medics?|ems|emts?|911|988){_HELP_COMES}(?: now)?"
    r"|(?:im|i'm|i am|we are|were|we're) (?:now )?on (?:the )?(?:phone|line|call) with (?:them|911|988|someone|a person)(?: now)?"
    r"|(?:los |las )?(?:llame|llamamos|marque)(?: al (?:911|988)| a la ambulancia)|ya (?:los |las )?(?:llame|llamamos|marque)(?: al \d+)?"
    rf"|ya (?:viene|llego) (?:la )?ambulancia|(?:la )?ambulancia {_VIENE}"
    r"|(?:estoy|estamos) (?:ya )?(?:hablando|en (?:la )?(?:linea|llamada)|al telefono) con (?:ellos|(?:el )?(?:911|988)|alguien)"
    r")[.! ]*$"
)
_THIS_CHAT = re.compile(r"\b(?:this|here|you|u|ur|your|chat|lamplight|typ(?:e|ing)|writ(?:e|ing)|esto|aqui|usted|eres|escrib\w+)\b")
_OPENING = r"^(?:(?:ok|okay|no|but|please|pls|look|i said|pero|por favor|solo)[,. ]+)*"
_NEED = r"(?:(?:i |we )?(?:just |only |really )*(?:need|want|have|like)(?: to know| help)? )?(?:tell me |show me )?"
_HOW = r"(?:how (?:do|can|could|would|should|to)(?: i| we)? |to )?"
_OURS = (
    r"(?:(?:me|us|myself) and )?(?:(?:my|the|our) (?:\w+ )?(?:kids?|child(?:ren)?|bab(?:y|ies)|boys?|girls?|sons?|daughters?|family)|us)"
    r"(?: and (?:me|myself|i))?"
)
_AWAY = (
    r"(?: (?:and (?:leave|go|run|get (?:out|away))|out|safe|safely|away|with me|somewhere safe|(?:of|from) (?:here|him|her|there|the house|that house|danger)|tonight|now"
    r"|without him knowing))*[.?! ]*$"
)
_NUESTROS = r"(?:a )?(?:mis? |los |las )(?:hij[oa]s?|nin[oa]s?|bebes?|familia)"
_LEJOS = r"(?: (?:de (?:aqui|el|la casa|ahi|esta casa)|a salvo|sin que se (?:entere|de cuenta)|esta noche|ahora|conmigo))*[.?! ]*$"
_WAY_TO_SAFETY = re.compile(
    rf"{_OPENING}{_NEED}{_HOW}(?:get|take|keep|protect|move|bring|sneak)(?:ting)? {_OURS}{_AWAY}"
    rf"|{_OPENING}(?:(?:quiero|necesito) (?:saber )?)?(?:como (?:puedo |hago para )?)?(?:prote[gj]|sac|cuid|llev)\w+ {_NUESTROS}{_LEJOS}"
)
_WILL_NOT = (
    r"(?:i )?(?:(?:dont|don't|do not) (?:really )?(?:want|wanna|plan|have)(?: to)?|wont|won't|will not|cant|can't|cannot"
    r"|(?:im|i'm|i am) not(?: (?:going to|gonna|ready to))?)"
)
_REPORT = (
    r"(?:report|press charges|tell (?:the )?(?:police|cops)|go(?:ing)? to (?:the )?(?:police|cops)|file (?:a|any) (?:police )?report)"
    r"(?: (?:it|this|that|him|them|anything|to (?:the )?(?:police|cops)|to anyone))*[.! ]*$"
)
_DENUNCIAR = r"(?:denunciar|reportar)(?:l[oa]s?)?|ir a la policia|(?:hacer|poner) (?:una|la) denuncia"
_NOT_REPORTING = re.compile(
    rf"{_OPENING}{_WILL_NOT} {_REPORT}|{_OPENING}(?:yo )?no (?:l[oa]s? )?(?:quiero|voy a|puedo) (?:{_DENUNCIAR})(?: nada| a nadie)*[.! ]*$"
)


def is_bare_answer(folded: str) -> bool:
    """Whether a message is no more than yes, no or fine."""
    return _BARE.match(folded) is not None


def asks_something(folded: str) -> bool:
    """Whether a message asks or demands something, and not as people do who have given up ("what's the point")."""
    return _ASKS.search(folded) is not None and not _RHETORICAL.match(folded)


def is_about_this_chat(folded: str) -> bool:
    """Whether a message speaks of the chat it is written in."""
    return _THIS_CHAT.search(folded) is not None


def is_about_a_program(folded: str) -> bool:
    """Whether a message speaks of programs or of persons."""
    return _PROGRAM.search(folded) is not None


def says_that_help_is_called(folded: str) -> bool:
    """Whether a message says that help was called or is on its way, and nothing else."""
    return _HAS_CALLED.match(folded) is not None


_NEXT_STEP = re.compile(
    rf"{_OPENING}(?:what now|now what|y ahora|what (?:can|do|should|could) (?:i|we) (?:even )?do|how (?:do|can) (?:i|we) (?:stay safe|get through (?:this|tonight|the night)))"
    r"(?: (?:then|tonight|now|right now|today|instead|next|to (?:be|stay|get) safe(?:r)?))*[.?! ]*$"
    rf"|{_OPENING}(?:entonces )?que (?:puedo|podria|debo) hacer(?: (?:entonces|esta noche|ahora|hoy))*[.?! ]*$"
)


def asks_for_a_next_step(folded: str) -> bool:
    """Whether a message asks what to do now, and nothing else."""
    return _NEXT_STEP.match(folded) is not None


def asks_for_a_way_to_safety(folded: str) -> bool:
    """Whether a message asks how to bring children or a family to safety, and nothing else."""
    return _WAY_TO_SAFETY.match(folded) is not None


def will_not_report(folded: str) -> bool:
    """Whether a message says that somebody will not report, and nothing else."""
    return _NOT_REPORTING.match(folded) is not None
