"""Cries for help in languages that Lamplight does not speak, so that they get 911 and the line with interpreters.

Only what nearly nobody writes who is not in a crisis now, in the words that people type, with or without accents.
"""

from __future__ import annotations

import re

from bot.safety.normalize import fold

_CRIES: dict[str, tuple[str, ...]] = {
    "overdose": (
        "elle ne respire plus", "il ne respire plus", "ne se réveille pas",  # French
        "não está respirando", "não consegue respirar", "não acorda",  # Portuguese
        "atmet nicht", "wacht nicht auf",  # German
        "hindi humihinga", "hindi siya humihinga",  # Tagalog
        "li pa respire",  # Haitian Creole
        "không thở",  # Vietnamese
        "не дышит",  # Russian
        "没有呼吸", "沒有呼吸",  # Chinese
    ),
    "immediate_danger": (
        "au secours", "aidez-moi", "aide-moi", "va me tuer", "vont me tuer", "veut me tuer", "veulent me tuer", "je suis en danger",
        "me ajude", "ajude-me", "ajuda-me", "me ajuda", "vai me matar", "vão me matar", "quer me matar", "querem me matar",
        "ele tem uma arma", "estou em perigo", "preciso de ajuda",
        "hilfe", "helfen sie mir", "hilf mir", "mich umbringen", "mich töten", "mich toeten", "bringt mich um", "ich bin in gefahr",
        "aiuto", "aiutatemi", "aiutami", "vuole uccidermi", "vuole ammazzarmi",  # Italian
        "pomocy", "zabije mnie", "chce mnie zabić",  # Polish
        "upomoć", "pomozite mi", "ubit će me", "ubiće me", "hoće da me ubije", "želi me ubiti",  # Bosnian
        "tulong", "tulungan mo ako", "tulungan niyo ako", "saklolo", "papatayin ako", "papatayin niya ako", "papatayin nila ako",
        "anmwe", "ede mwen", "ede m", "touye m", "touye mwen", "mwen an danje", "m an danje",
        "cứu tôi", "cứu em", "cứu con", "cứu với", "giết tôi", "giết em", "giết con",
        "i caawi", "i caawiya", "i badbaadi", "i badbaadiya", "wuu i dilayaa", "wuu i dili doonaa", "inuu i dilo",  # Somali
        "nisaidie", "nisaidieni", "niokoe", "anataka kuniua", "ataniua", "wataniua",  # Swahili
        "помогите", "помоги мне", "спасите", "меня убьёт", "убьёт меня", "меня убьют", "убьют меня", "меня убить", "убить меня",
        "допоможіть", "рятуйте", "мене вб'є", "вб'є мене", "мене вбити",  # Ukrainian
        "救命", "救我", "救救我", "帮帮我", "幫幫我", "帮我报警", "幫我報警", "要杀我", "要殺我", "要杀了我", "要殺了我", "会杀了我", "會殺了我",
        "想杀我", "想殺我", "想杀了我", "想殺了我", "打死我",
        "助けて", "殺される",  # Japanese
        "살려주세요", "살려 주세요", "살려줘", "도와주세요", "도와줘", "나를 죽이려",  # Korean
        "النجدة", "ساعدوني", "ساعدني", "أنقذوني", "أنقذني", "سيقتلني", "يريد قتلي", "أن يقتلني", "راح يقتلني", "بيقتلني", "هيقتلني",
        "کمکم کنید", "کمکم کن", "منو بکشه", "مرا بکشد",  # Persian
    ),
    "suicide": (
        "je veux mourir", "envie de mourir", "je vais me tuer", "je veux me tuer", "me suicider", "je ne veux plus vivre",
        "quero morrer", "quero me matar", "vou me matar", "não quero mais viver",
        "ich will sterben", "ich möchte sterben", "will nicht mehr leben", "ich bringe mich um", "bring mich um",
        "voglio morire", "chcę umrzeć", "chcę się zabić", "hoću da umrem", "želim umrijeti",
        "gusto ko nang mamatay", "gusto ko na mamatay", "gusto kong mamatay", "gusto kong magpakamatay", "magpapakamatay ako",
        "mwen vle mouri", "m vle mouri",
        "tôi muốn chết", "em muốn chết", "con muốn chết", "không muốn sống", "muốn tự tử",
        "inaan dhinto", "nataka kufa", "nataka kujiua",
        "хочу умереть", "не хочу жить", "покончить с собой", "хочу померти", "не хочу жити",
        "我不想活", "想自杀", "想自殺", "要自杀", "要自殺", "我想去死", "死にたい", "죽고 싶", "죽고싶", "자살하고 싶",
        "أريد أن أموت", "أريد الموت", "ميخوام بميرم", "میخوام بمیرم", "می خواهم بمیرم",
    ),
    "sexual_assault": (
        "m'a violée", "m'ont violée", "j'ai été violée", "fui estuprada", "me estuprou", "me estupraram", "mich vergewaltigt",
        "wurde vergewaltigt", "silovao me", "silovana sam", "ginahasa ako", "ginahasa niya ako", "vyole mwen", "bị hiếp dâm", "hiếp dâm tôi",
        "i kufsaday", "nimebakwa", "alinibaka", "изнасиловал меня", "изнасиловали", "меня изнасиловал",
        "被强奸", "被強姦", "强奸了我", "強姦了我", "اغتصبني", "اغتصبوني", "강간당했", "성폭행당했",
    ),
    "domestic_violence": (
        "me frappe", "meu marido me bate", "ele me bate", "meu namorado me bate", "schlägt mich", "schlaegt mich", "tuče me",
        "sinasaktan niya ako", "binubugbog niya ako", "li bat mwen", "l ap bat mwen", "đánh đập tôi", "ananipiga",
        "ap bat mwen", "ap bat m", "chồng tôi đánh tôi", "mi picchia", "bije mnie", "mnie bije", "sinasaktan ako", "binubugbog ako",
        "mujhe marta hai", "mujhe maarta hai",  # Hindi and Urdu in Latin letters
        "меня бьёт", "бьёт меня", "家暴我", "殴打我", "毆打我", "يضربني", "때려요",
    ),
    "trafficking": (
        "me force à me prostituer", "me forcent à me prostituer", "m'oblige à me prostituer", "a pris mon passeport", "ont pris mon passeport",
        "tomou meu passaporte", "pegou meu passaporte", "tomaram meu passaporte", "me obriga a me prostituir",
        "zwingt mich zur prostitution", "hat meinen pass genommen", "kinuha niya ang passport ko", "kinuha nila ang passport ko",
        "забрали мой паспорт", "забрал мой паспорт", "забрали паспорт", "заставляют заниматься проституцией",
        "拿走了我的护照", "拿走我的护照", "拿走了我的護照", "逼我卖淫", "逼我賣淫", "أخذ جوازي", "أخذوا جوازي", "lấy hộ chiếu của tôi",
        "garde mon passeport", "gardent mon passeport", "m'a pris mes papiers", "ne me laisse pas sortir", "ne me laissent pas sortir",
        "guarda meu passaporte", "ficou com meu passaporte", "não me deixa sair", "não me deixam sair",
        "lässt mich nicht raus", "lassen mich nicht raus", "lässt mich nicht gehen", "pass abgenommen",
        "ha i miei documenti", "ha preso il mio passaporto", "non mi lascia uscire", "non mi lasciano uscire",
        "zabrał mi paszport", "zabrali mi paszport", "nie pozwala mi wyjść", "uzeli su mi pasoš", "uzeo mi je pasoš", "ne pušta me iz",
        "pran papye m", "pran papye mwen", "pran paspò m", "pa kite m soti", "pa kite mwen soti", "pa vle kite m ale",
        "giữ hộ chiếu", "không cho tôi ra ngoài", "không cho em ra ngoài", "không cho tôi về",
        "hawak niya ang passport ko", "hawak nila ang passport ko", "ayaw akong palabasin", "ayaw akong paalisin",
        "amechukua pasipoti yangu",
    ),
}  # fmt: skip


_WORD = re.compile(r"[^\W_]+")


def _plain(text: str) -> str:
    return fold(fold(text))  # the second fold turns what the first took an accent from


def _pattern(cry: str) -> str:
    words = _WORD.findall(_plain(cry))
    joined = r"[\W_]{1,3}".join(words)
    return rf"(?<!\w){joined}(?!\w)" if words[0][0] < "\u0600" else joined


_PATTERNS = {kind: re.compile("|".join(_pattern(cry) for cry in cries)) for kind, cries in _CRIES.items()}

_TELLING_WORDS = frozenset(max(_WORD.findall(_plain(cry)), key=len) for cries in _CRIES.values() for cry in cries)


def cries_in(text: str) -> tuple[str, ...]:
    """Returns the crisis kinds of the cries in another language that a message holds, the most urgent first."""
    plain = _plain(text)
    if plain.isascii() and _TELLING_WORDS.isdisjoint(_WORD.findall(plain)):  # nearly every message, and much quicker
        return ()
    return tuple(kind for kind, pattern in _PATTERNS.items() if pattern.search(plain))
