"""The floor tells who is in danger and from whom: the writer's own hand, somebody else's, a relative's, the police."""

import random
import time

import pytest

from bot.safety.phrase_floor import MOST_READ, scan


@pytest.mark.parametrize(
    "text",
    [
        "i want to kill myself and the gun is in my hand",
        "i have my rifle across my lap and i want to die",
        "im holding the knife right now, i want to die",
        "i wanna end it all. i got a blade here",
        "alone with the pistol in my mouth",
        "i have the razor against my wrist",
        "my boyfriend left, i have a gun in my hand and i want to die",
        "i want to die please help me",
        "i want to kill myself, i am not safe with myself",
        "estoy con una pistola en la mano y me quiero morir",
        "quiero matarme, ayúdenme por favor",
    ],
)
def test_a_weapon_in_ones_own_hands_and_a_plea_are_no_attack_beside_a_wish_to_die(text: str) -> None:
    assert scan(text).kinds == ("suicide",)


@pytest.mark.parametrize(
    "text",
    [
        "he put a knife to my throat, i want to kill myself",
        "they locked me in a room and i want to die, help me",
        "tiene una pistola y me quiero morir",
        "theres a gun to my head i dont want to die",
        "i have a knife at my throat i don't want to die help me",
        "no me quiero morir ayúdenme",
    ],
)
def test_a_weapon_in_the_hands_of_another_stays_immediate_danger_beside_a_wish_to_die(text: str) -> None:
    assert scan(text).kinds == ("immediate_danger", "suicide")


def test_a_weapon_for_somebody_else_is_a_threat_to_others() -> None:
    found = scan("i have a pistol in my truck and i am waiting for him")
    assert (found.kinds, found.harm_others) == (("immediate_danger",), True)
    assert scan("help me please").kinds == ("immediate_danger",)


@pytest.mark.parametrize(
    "text",
    [
        "my wife is a KCPD detective and she hits me",
        "my ex is a Jackson County sheriff's deputy",
        "a st. louis county police officer makes me do things",
        "an independence police officer touched me",
        "he's in law enforcement",
        "he is with the kansas city police department",
        "my abuser is on the force",
        "the guards at the county jail make us do things",
        "a corrections officer keeps touching me",
        "my husband the sheriff choked me",
        "mi esposo es guardia de la cárcel y me pega",
        "los guardias de la prisión nos obligan",
        "un oficial del condado me acosa",
    ],
)
def test_officers_of_every_name_are_heard_as_the_danger(text: str) -> None:
    assert scan(text).police_danger


@pytest.mark.parametrize(
    "text",
    [
        "my dad is a cop and he beats me",
        "my uncle is a sheriff, he comes in my room at night",
        "my brother is a cop and he threatens me",
        "my dad's a cop so nobody believes me",
        "i cant report it because my uncle is a cop",
        "my ex's dad is a sheriff",
        "his brother is a cop",
        "my husband's friends are cops",
        "mi papá es policía y me pega",
        "mi tío es policía y no puedo denunciar",
    ],
)
def test_a_relative_in_the_police_who_harms_or_protects_who_harms_is_the_danger(text: str) -> None:
    assert scan(text).police_danger


@pytest.mark.parametrize(
    "text",
    [
        "my dad is a police officer",
        "my sister is a cop but she is out of town. my boyfriend is at my door",
        "my uncle is a deputy and some man is following me",
        "my best friend is a detective",
        "my mom works at the police station",
        "my cousin is a cop and my husband hits me",
        "i love the cop show",
        "my brother is a cop show fan",
        "he is fed up with me",
        "my husband is a loan officer",
        "he works near the police department",
        "can police make me unlock my phone",
        "do undercover cops have to say they are cops",
        "mi papá es policía",
        "mi hermano es policía y mi ex me está siguiendo",
        "los anuncios son de la policía o reales",
    ],
)
def test_a_relative_in_the_police_is_no_danger_by_itself(text: str) -> None:
    assert not scan(text).police_danger


@pytest.mark.parametrize(
    "text",
    [
        "my wife is hitting me right now",
        "my bf is strangling me",
        "my stepdad's beating my mom",
        "my sister is punching me",
        "husband hitting me right now",
        "mi marido me está golpeando",
        "mi papá le está pegando a mi mamá",
    ],
)
def test_an_attack_at_home_that_is_happening_now_is_immediate_danger_first(text: str) -> None:
    assert scan(text).kinds == ("immediate_danger", "domestic_violence")


@pytest.mark.parametrize(
    "text", ["my boss is punching me", "my landlord is attacking me", "someone is beating me", "mi jefe me está pegando"]
)
def test_an_attack_by_another_that_is_happening_now_is_immediate_danger(text: str) -> None:
    assert scan(text).kinds == ("immediate_danger",)


def test_an_attack_by_a_pimp_is_also_trafficking() -> None:
    assert scan("my pimp is beating me").kinds == ("immediate_danger", "trafficking")


@pytest.mark.parametrize(
    "text",
    [
        "my husband hits me",
        "my boyfriend keeps hitting me",
        "is my husband hitting me a crime",
        "what can i do if my boyfriend is hitting me",
        "my dad is beating me every week",
        "mi esposo me pega",
    ],
)
def test_blows_of_the_past_or_of_every_week_stay_domestic_violence(text: str) -> None:
    assert scan(text).kinds == ("domestic_violence",)


@pytest.mark.parametrize(
    "text",
    [
        "my boss is killing me with overtime",
        "he is hitting me up on insta",
        "he hit me up for a ride",
        "my boyfriend is choking on his food",
        "my brother is beating me at chess",
        "she beat me in a card game",
        "my boss is hitting me with more work",
        "he is hurting my feelings",
        "me está pegando el sol",
        "mi hijo está pegando estampas en la pared",
    ],
)
def test_blows_in_a_manner_of_speaking_are_no_crisis(text: str) -> None:
    assert scan(text).kinds == ()


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("can a 16 year old be charged with prostitution", False),
        ("what happens if a 15 year old is arrested for prostitution", False),
        ("could police arrest a 14 yr old for prostitution", False),
        ("i was wondering, can a seventeen year old be convicted of prostitution", False),
        ("is a 16 year old who trades sex a victim", False),
        ("¿puede una menor de 16 años ser acusada de prostitución?", False),
        ("qué pasa si arrestan a una chica de 16 años por prostitución", False),
        ("im 16 can i be charged with prostitution", True),
        ("can a 16 year old like me be charged with prostitution", True),
        ("can my 16 year old daughter be charged with prostitution", True),
        ("a 15 year old girl is being pimped by my neighbor", True),
        ("tengo 16 años y me prostituyen, me pueden arrestar", True),
    ],
)
def test_an_age_in_a_general_question_about_the_law_is_nobodys(text: str, own: bool) -> None:
    found = scan(text)
    assert (found.minor, "minor" in found.kinds) == (own, own)


def test_an_age_alone_is_no_crisis() -> None:
    found = scan("hi im 16")
    assert (found.kinds, found.minor) == ((), True)


@pytest.mark.parametrize(
    "text",
    [
        "my friend wants to kill herself",
        "my roommate locked herself in the bathroom with a razor",
        "my daughter is suicidal",
        "my son told me he wants to die",
        "my best friend is cutting herself",
        "she said she is going to end it all",
        "my brother is on a bridge and wants to jump off the bridge",
        "someone in my class wants to end her life",
        "my mom doesn't want to live anymore",
        "how do i help a friend, shes suicidal",
        "mi hermana se quiere matar",
        "mi hijo dice que ya no quiere vivir",
        "mi amiga se está cortando los brazos",
    ],
)
def test_a_wish_to_die_of_somebody_else_is_suicide_of_a_third_party(text: str) -> None:
    assert scan(text).kinds == ("suicide", "third_party")


@pytest.mark.parametrize(
    "text",
    [
        "my friend died and i want to die",
        "my mom makes me want to die",
        "my boyfriend left me and i want to kill myself",
        "he told me to kill myself",
        "my friend wants to kill herself and so do i",
        "my sister is missing and i want to die",
        "mi amiga se murió y me quiero morir",
        "mi amiga se quiere matar y yo también",
    ],
)
def test_ones_own_wish_to_die_is_never_taken_for_that_of_another(text: str) -> None:
    assert scan(text).kinds == ("suicide",)


@pytest.mark.parametrize("text", ["my sister took a lot of pills", "mi mamá tomó muchas pastillas"])
def test_an_overdose_of_somebody_else_is_a_third_partys(text: str) -> None:
    assert scan(text).kinds == ("overdose", "third_party")


def test_a_partner_who_threatens_suicide_is_no_attack_and_one_who_does_so_against_leaving_is_violent() -> None:
    assert scan("my boyfriend is threatening to kill himself").kinds == ("suicide", "third_party")
    assert scan("my husband says he will kill himself if i leave").kinds == ("suicide", "domestic_violence", "third_party")


@pytest.mark.parametrize(
    "text",
    [
        "my friend is dying of laughter",
        "my sister cut herself shaving",
        "my brother killed himself in 2012",
        "my friend was suicidal years ago",
        "my kid locked himself in the bathroom with his ipad",
        "my roommate is killing it at work",
        "the hero wants to kill himself in act three",
        "my dad takes pills for his heart",
        "my mom doesn't want to live with us",
        "my sister took a lot of photos",
        "mi hija se quiere cortar el pelo",
        "mi hermano se muere de risa",
    ],
)
def test_words_of_death_about_others_are_often_harmless(text: str) -> None:
    assert scan(text).kinds == ()


@pytest.mark.parametrize(
    "text",
    ["somebody put something in my drink", "he slipped a pill in my drink", "my drink was spiked", "le pusieron algo a mi bebida"],
)
def test_a_drugged_drink_is_sexual_assault(text: str) -> None:
    assert scan(text).kinds == ("sexual_assault",)


def test_officers_who_make_prisoners_do_things_are_sexual_assault() -> None:
    assert scan("two officers at the jail make us do things").kinds == ("sexual_assault",)
    assert scan("the officer made me do a breath test").kinds == ()


@pytest.mark.parametrize(
    "words",
    [
        "my",
        "he'",
        "my brother is a",
        "my husband is hitting",
        "he has a gun",
        "can a 16 year old",
        "mi hermana se quiere",
        "aaaaaaaa",
        "my friend wants to and he is a police officer in the jail",
        "the girl i saw was like my 14 year old daughter",
        "a deputy says i sleep with him or",
    ],
)
def test_the_time_of_the_floor_grows_with_the_length_of_a_message_alone(words: str) -> None:
    started = time.process_time()
    scan((words + " ") * MOST_READ)
    assert time.process_time() - started < 2


def test_the_time_of_the_floor_does_not_depend_on_the_order_of_words() -> None:
    words = [
        "my",
        "he",
        "friend",
        "wants to",
        "kill herself",
        "cop",
        "officer",
        "is a",
        "with the gun",
        "mi papa",
        "es policia",
        "se quiere",
    ]
    started = time.process_time()
    scan(" ".join(random.Random(5).choices(words, k=4_000)))
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "text",
    [
        "my boyfriend has a gun on me",
        "my ex is outside with a gun",
        "my husband pushed me down the stairs and now hes coming at me with a knife",
        "my dad threw me down the stairs and hes coming at me with a bat",
    ],
)
def test_a_partner_with_a_weapon_is_danger_and_domestic_violence(text: str) -> None:
    assert scan(text).kinds == ("immediate_danger", "domestic_violence")


@pytest.mark.parametrize(
    "text", ["my husband pushed me to apply for the job", "my boyfriend knocked on the door", "my wife has a knife set"]
)
def test_a_partner_who_pushes_in_a_manner_of_speaking_is_not_violent(text: str) -> None:
    assert scan(text).kinds == ()


@pytest.mark.parametrize(
    "text",
    [
        "my 14 yr old hasnt come home since friday",
        "my 12 yr old ran off last night",
        "our son 13 is gone, his window was open",
        "my cousin isnt here its been 2 days shes 12",
        "my 12 year old never came back from school",
        "my friend is 16 and shes missing since tuesday",
        "little sister snuck out at midnight, she never came back, shes 14",
        "mi sobrina de 12 no ha vuelto a casa desde ayer",
        "mi prima no aparece desde ayer, tiene 13",
    ],
)
def test_a_child_who_is_not_where_they_should_be_is_missing(text: str) -> None:
    found = scan(text)
    assert (found.kinds, found.missing_child, found.minor) == (("third_party",), True, False)


@pytest.mark.parametrize(
    "text",
    [
        "my daughter is missing two front teeth",
        "my friend is 16 and she is missing school a lot",
        "my son isnt home yet from practice",
        "my brother was 16 when he died, he is gone",
        "my 9 year old never came back for his jacket",
        "how many kids go missing in missouri each year",
        "im 15 and i ran away from home",
    ],
)
def test_who_misses_school_or_a_tooth_or_ran_away_themself_is_no_missing_child(text: str) -> None:
    assert "third_party" not in scan(text).kinds


@pytest.mark.parametrize(
    "text",
    [
        "a deputy comes by and says i sleep with him or go to jail",
        "vice cop took my money and slept w me",
        "the sheriff in our town says he'll lock me up unless i give him head",
        "the cop told me have sex with him or he'd arrest me",
        "my pimp is friends with the vice detective",
        "he pays off the cops",
        "ICE agents are at my door and my boss said he would have them take me if i dont keep working",
        "el sheriff me dijo que me mete presa si no le doy sexo",
        "un policía dice que me acueste con él o me lleva a la cárcel",
    ],
)
def test_an_officer_who_trades_freedom_for_sex_or_stands_by_a_pimp_is_the_danger(text: str) -> None:
    assert scan(text).police_danger


@pytest.mark.parametrize(
    "text",
    [
        "a deputy helped me leave",
        "the detective was kind and took me to a shelter",
        "the police helped us find my missing cat",
        "undercover cop asked me for sex then arrested me",
        "can a cop arrest me or give me a ticket",
        "ice cream at my door",
        "el sheriff me ayudó a salir",
    ],
)
def test_police_who_help_or_do_their_work_are_no_danger(text: str) -> None:
    assert not scan(text).police_danger


@pytest.mark.parametrize("text", ["a deputy says i sleep with him or go to jail", "el sheriff me mete presa si no le doy sexo"])
def test_an_officer_who_asks_for_sex_against_jail_commits_sexual_assault(text: str) -> None:
    assert scan(text).kinds == ("sexual_assault",)


@pytest.mark.parametrize(
    "text",
    [
        "im a teacher, a girl in 9th grade is being sold",
        "my friend is 16 and her uncle prostitutes her, she is being sold",
        "there is a 14 year old girl being sold at my motel",
        "i paid a girl online and now i found out shes 16, shes scared of her pimp",
        "mi amiga tiene 15 años y la prostituyen",
    ],
)
def test_the_age_of_a_child_who_is_sold_is_not_the_writers(text: str) -> None:
    found = scan(text)
    assert found.kinds == ("third_party", "minor")
    assert (found.minor, found.own_age, found.about_another) == (True, False, True)


@pytest.mark.parametrize(
    "text",
    [
        "im 16 and my friend is 15 and her uncle sells her",
        "im a girl in 9th grade and my boyfriend pimps me",
        "i am a 15 year old girl and i get paid for sex",
        "as a 16 year old i sell nudes",
        "my pimp says im 19 but im 16",
        "tengo 15 y me venden",
        "soy una menor y me prostituyen",
    ],
)
def test_the_writers_own_age_is_their_own_also_beside_that_of_another(text: str) -> None:
    found = scan(text)
    assert "minor" in found.kinds
    assert (found.own_age, found.about_another) == (True, False)


@pytest.mark.parametrize("text", ["my boyfriend is 17 and he sells me", "my sister is 15 and me and her get sold by our dad"])
def test_who_is_sold_beside_a_child_keeps_the_words_for_the_young_and_no_age_is_remembered(text: str) -> None:
    found = scan(text)
    assert ("minor" in found.kinds, found.own_age, found.about_another) == (True, False, False)


@pytest.mark.parametrize(
    ("text", "about_another"),
    [
        ("im a john i think the girl i saw was like 15", True),
        ("i paid for sex with a girl, she said shes 16", True),
        ("im a john and the girl i saw is 17", True),
        ("pagué por sexo con una chica, dijo que tiene 16", True),
        ("im 17 and a john paid me", False),
        ("a man paid me for sex", False),
        ("i paid rent with sex", False),
    ],
)
def test_who_paid_for_sex_is_not_the_child(text: str, about_another: bool) -> None:
    assert scan(text).about_another is about_another


def test_fear_of_a_pimp_that_somebody_else_has_is_a_third_partys() -> None:
    assert scan("shes scared of her pimp").kinds == ("third_party",)
    assert scan("im scared of my boyfriend").kinds == ("domestic_violence",)


@pytest.mark.parametrize("text", ["my roommates got a rope and said bye to everyone", "my brother said goodbye to us and he has the gun"])
def test_a_goodbye_with_means_in_hand_is_the_suicide_of_another(text: str) -> None:
    assert scan(text).kinds == ("suicide", "third_party")


@pytest.mark.parametrize(
    "text",
    [
        "my roommate said bye to everyone and left for the airport",
        "my brother bought a rope for the boat",
        "vi a mi jefe ayer y me quiero morir de la vergüenza jaja",
        "me quiero morir de la risa",
        "me muero de hambre",
    ],
)
def test_a_goodbye_or_shame_with_a_laugh_is_no_wish_to_die(text: str) -> None:
    assert scan(text).kinds == ()


@pytest.mark.parametrize("text", ["subieron mi video y me quiero morir de la vergüenza", "me quiero morir de la tristeza"])
def test_shame_without_a_laugh_stays_a_wish_to_die(text: str) -> None:
    assert scan(text).kinds == ("suicide",)
    assert not scan(text).manner_of_speaking
