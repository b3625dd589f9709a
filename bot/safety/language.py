"""Which language a short message is in, from its commonest words: enough to choose the wording."""

from __future__ import annotations

import re
import unicodedata

from bot.safety.normalize import fold

_SPANISH = frozenset(
    """de la que el en y los del las un una por con para su al lo como mas pero sus le ya o este si
    porque esta entre cuando muy sin sobre tambien hasta hay donde quien desde todo nos durante todos uno les ni
    contra otros ese eso ante ellos e esto mi antes algunos unos yo otro otras otra tanto esa estos mucho nada
    muchos cual poco ella estar estas algo nosotros mis tu te ti tus ellas es soy eres somos son
    estoy estas estamos estan tengo tienes tiene tenemos tienen quiero quiere puedo puede hace hago ayuda ayudame ayudenme
    gracias hola adios donde cuanto cual porfavor favor ayer hoy manana noche casa dinero hombre mujer hija hijo
    novio esposo marido mama papa nino nina policia miedo matar morir vivir pega golpea obliga deja ahorita aqui alla
    necesito busco saber ley legal ilegal carcel multa ningun ninguna q xq pq ke kiero qiero toy bien mal buenas buenos dias tardes noches
    me se fue era voy va van dice dijo sola solo nadie siempre nunca""".split()
)
_ENGLISH = frozenset(
    """the and to of a in is it you that he was for on are with as i his they be at one have this from or had by but
    not what all were we when your can said there use an each which she do how their if will up other about out many then
    them these so some her would make like him into has look two more go see no way could people my than been call who
    its now find down day did get come made may help need want am im me where why dont cant""".split()
)
_AMBIGUOUS = _SPANISH & _ENGLISH
_WORD = re.compile(r"[a-z']+")


def detect_language(text: str) -> str:
    """Returns "en", "es", or "other" for a script that is neither.

    A message with no telling word counts as English.
    """
    letters = [char for char in text if char.isalpha()]
    latin = sum("LATIN" in unicodedata.name(char, "") for char in letters)
    if letters and latin < len(letters) / 2:
        return "other"
    words = _WORD.findall(fold(text))
    spanish = sum(word in _SPANISH and word not in _AMBIGUOUS for word in words)
    english = sum(word in _ENGLISH and word not in _AMBIGUOUS for word in words)
    spanish += sum(char in "ñ¿¡" for char in text.lower())
    return "es" if spanish > english else "en"
