"""Which language a short message is in, from words that tell: enough to choose the wording.

`words_en.txt` and `words_es.txt` hold the words that stand at least eight times as often in the training messages
of one language as in those of the other.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from bot.safety.cries import cries_in
from bot.safety.normalize import fold, undisguised

_WORDS = {
    language: frozenset(Path(__file__).with_name(f"words_{language}.txt").read_text(encoding="ascii").split()) for language in ("en", "es")
}
_OTHER_LANGUAGES = tuple(
    frozenset(words.split())
    for words in (
        # French
        "je ne il elle nous vous ils mon ma mes avec dans est suis peux peut veut veux pas qui sur une les et chez mari travailler "
        "sortir passeport aider besoin cest jai quil sans argent moi mais tous tout oblige frappe garde enferme bonjour des du au aux ce cette ses sa leur notre hier soir nuit tuer coucher copain copine "
        "patron patronne prostituer violee etranglee",
        # Portuguese
        "ele eles nao eu meu minha meus minhas uma um voce estou tenho preciso com mas muito isso sair dinheiro passaporte trabalhar "
        "ajuda quer pra para ela dele marido casa tem sou fazer mim deixa posso aqui bate medo",
        # Haitian Creole
        "mwen li yo nou pa ap te pou nan ki kite soti pran papye mari kay lajan gen ede bat tanpri pe m yon sa lapolis travay peye "
        "jwenn vle bezwen",
        # Vietnamese, typed without accents
        "toi khong cua nguoi anh cho duoc minh chong ngay giu ngoai muon giup danh nha tien chieu lam bi bat ep di ve roi hay lay can",
        # Tagalog
        "ako siya niya ko ang mga hindi nila kami sila dito lang wala huwag asawa kasi ng sa ito yung akin aking natatakot kinuha ayaw "
        "umalis lumabas makaalis tulong kailangan pera bahay naman namin gusto",
        # German
        "ich nicht mich mein meine meinen meinem und ist ein eine mir sie hat kann wir haben mann angst vor lasst gehen geld helfen "
        "jeden tag arbeiten mit zu von der das den",
        # Italian
        "non mi il di che sono ha mio mia miei posso uscire lavorare soldi marito aiuto casa per una ho paura documenti questo lui "
        "loro passaporto",
        # Polish
        "nie mnie jest sie mam moj moja mojego moge boje maz meza prosze zabral paszport pieniadze wyjsc pracy od bije",
        # Bosnian, Croatian and Serbian
        "ne mogu moj moja muz muza nije nemam mene pasos kuce iz uzeli uzeo pusta bojim se ovdje ovde radim novac tuce je",
        # Somali
        "waan waxaan igu ma ii iga wuu aniga ninkayga ninkaygu baasaboorka guriga waxay lacag caawi bixi karo baqayaa iyo waxa",
        # Swahili
        "mimi yangu wangu mume siwezi kutoka hapa kwa nataka naomba msaada pasipoti amechukua yeye nyumba nyumbani pesa sana",
        # Hindi and Urdu in Latin letters
        "mujhe mera meri mere hai hain nahi nahin aur pati maarta marta ghar paise karo raha rahe rahi kya mein woh bahar",
    )
)
"""Words of nearly every sentence of a language, and those of fear and of being kept; folded."""

_FOREIGN_LETTERS = frozenset("àâãäåæçèêëìîïòôõöøœùûýßąćęłńśźżčšžđğıșțăəơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
"""Letters of other languages in Latin script that neither English nor Spanish writes."""

_WORD = re.compile(r"[a-z]+")
_SIGNS = re.compile(r"[.\-_*]")
_SPELT_OUT = re.compile(r"\b(?:[^\W\d_][.\-_*])+[^\W\d_]\b")
"""Words whose letters stand apart ("h.o.w d.o"), with their ends still known by the spaces between."""


def telling_language(text: str) -> str | None:
    """Returns "en", "es" or "other", or None where no word tells.

    "Other" is a script that is neither, a cry in another language, or a sentence with more words typical of one other
    language than of English and Spanish.
    """
    joined = _SPELT_OUT.sub(lambda match: _SIGNS.sub("", match[0]), text)
    shown = undisguised(joined) or joined
    letters = [char for char in text if char.isalpha()]
    latin = sum("LATIN" in unicodedata.name(char, "") for char in letters)
    if (letters and latin < len(letters) / 2) or cries_in(text):
        return "other"
    words = _WORD.findall(fold(shown))
    english = sum(word in _WORDS["en"] for word in words)
    spanish = sum(word in _WORDS["es"] for word in words) + sum(char in "ñ¿¡" for char in text.lower())
    foreign = sum(char in _FOREIGN_LETTERS for char in text.lower())
    for language in _OTHER_LANGUAGES:
        typical = language.intersection(words)
        shared = sum(word in typical and word in _WORDS["en"] for word in words)  # "me" and "son" are words of both
        if typical and len(typical) + foreign > max(1, english - shared, spanish):
            return "other"
    if english == spanish:
        return None
    return "es" if spanish > english else "en"


def detect_language(text: str) -> str:
    """Returns what `telling_language` tells, and "en" where it tells nothing."""
    return telling_language(text) or "en"
