"""A lexicon of a few words, so that tests of single steps do not depend on the shared one."""

from __future__ import annotations

from bot.knowledge.lexicon import Lexicon


def few_words() -> Lexicon:
    """Build the lexicon."""
    return Lexicon.model_validate(
        {
            "concepts": {**_CONCEPTS, **_CLOSED_SETS},
            "entities": _ENTITIES,
            "sorts": {"people": ["firefighter", "sailor"], "harm": ["injure", "kill"]},
            "light": ["happen"],
            "fillers": {
                "en": ["the", "a", "an", "of", "to", "for", "so", "please", "please tell me", "us"],
                "uk": ["у", "в", "будь ласка"],
                "ru": ["у", "в", "пожалуйста"],
            },
            "hearsay": _HEARSAY,
            "shorthand": {"en": {"bfr": "before", "abt": "about"}, "uk": {"скока": "скільки"}, "ru": {"када": "когда"}},
            "questions": _QUESTIONS,
            "markers": _MARKERS,
            "smalltalk": {"greeting": {"en": ["hello"], "uk": ["привіт"], "ru": ["привет"]}},
            "arithmetic": {"en": ["plus", "percentage of"]},
            "injection": {"en": ["ignore previous instructions"]},
            "numbers": _NUMBERS,
        }
    )


_CONCEPTS = {
    "accuse": {"en": ["accuse"], "uk": ["звинуватити"], "ru": ["обвинить"]},
    "alarm": {"en": ["alarm", "siren"], "uk": ["тривога"], "ru": ["тревога"]},
    "begin": {"en": ["begin", "start"], "uk": ["початися"], "ru": ["начаться"]},
    "break": {"en": ["burst", "break"], "uk": ["луснути", "зламатися"], "ru": ["лопнуть", "сломаться"]},
    "car": {"en": ["car", "automobile"], "uk": ["автомобіль", "машина"], "ru": ["автомобиль", "машина"]},
    "country": {"en": ["country"], "uk": ["країна"], "ru": ["страна"]},
    "crane": {"en": ["crane"], "uk": ["кран"], "ru": ["кран"]},
    "day": {"en": ["day"], "uk": ["день"], "ru": ["день"]},
    "fire": {"en": ["fire", "blaze", "burn"], "uk": ["пожежа", "горіти"], "ru": ["пожар", "гореть"]},
    "fire-engine": {"en": ["fire engine"]},
    "firefighter": {"en": ["firefighter", "fireman"], "uk": ["пожежник"], "ru": ["пожарный"]},
    "happen": {"en": ["happen"], "uk": ["статися"], "ru": ["случиться"]},
    "hour": {"en": ["hour"], "uk": ["година"], "ru": ["час"]},
    "injure": {"en": ["hurt", "injure"], "uk": ["постраждати"], "ru": ["пострадать"]},
    "kill": {"en": ["kill"], "uk": ["загинути"], "ru": ["погибнуть"]},
    "sailor": {"en": ["sailor"], "uk": ["моряк"], "ru": ["моряк"]},
    "sex": {"en": ["sex"]},
}
_CLOSED_SETS = {
    "monday": {"class": "weekday", "en": ["Monday"], "uk": ["понеділок"], "ru": ["понедельник"]},
    "friday": {"class": "weekday", "en": ["Friday"], "uk": ["п'ятниця"], "ru": ["пятница"]},
    "man": {"class": "sex", "en": ["man"], "uk": ["чоловік"], "ru": ["мужчина"]},
    "woman": {"class": "sex", "en": ["woman"], "uk": ["жінка"], "ru": ["женщина"]},
}
_ENTITIES = {
    "norway": {"kind": "place", "names": {"en": ["Norway"], "uk": ["Норвегія"], "ru": ["Норвегия"]}},
    "oslo": {"kind": "place", "within": "norway", "names": {"en": ["Oslo"], "uk": ["Осло"], "ru": ["Осло"]}},
    "sweden": {"kind": "place", "names": {"en": ["Sweden"], "uk": ["Швеція"], "ru": ["Швеция"]}},
}
_HEARSAY = {
    "possessive": {"en": ["my"], "uk": ["моя"], "ru": ["мой"]},
    "teller": {"en": ["people", "a friend of mine"], "uk": ["люди"], "ru": ["люди"]},
    "telling": {
        "en": ["say", "says", "reckons", "heard", "told me"],
        "uk": ["каже", "чула"],
        "ru": ["говорит", "слышал"],
    },
    "opening": {"en": ["heard"], "uk": ["чула"], "ru": ["слышал"]},
    "object": {"en": ["it"], "uk": ["таке"], "ru": ["такое"]},
    "channel": {"en": ["on tiktok", "in the chat"], "uk": ["у чаті"], "ru": ["в чате"]},
    "link": {"en": ["that"], "uk": ["що"], "ru": ["что"]},
}
_QUESTIONS = {
    "count": {"en": ["how many", "number of"], "uk": ["скільки"], "ru": ["сколько"]},
    "duration": {"en": ["how long"], "uk": ["як довго"], "ru": ["как долго"]},
    "who": {"en": ["who", "whom"], "uk": ["хто", "кого"], "ru": ["кто", "кого"]},
    "source": {"en": ["who says", "says who"], "uk": ["хто каже"], "ru": ["кто говорит"]},
    "where": {"en": ["where"], "uk": ["де"], "ru": ["где"]},
    "when": {"en": ["when", "what day"], "uk": ["коли"], "ru": ["когда"]},
    "why": {"en": ["why"], "uk": ["чому"], "ru": ["почему"]},
    "manner": {"en": ["how"], "uk": ["як"], "ru": ["как"]},
    "thing": {"en": ["what", "which"], "uk": ["що"], "ru": ["что"]},
    "polar": {"en": ["did", "is", "was", "were"], "uk": ["чи"], "ru": ["ли"]},
}
_MARKERS = {
    "negation": {"en": ["not", "no", "nobody"], "uk": ["не", "ніхто"], "ru": ["не", "никто"]},
    "before": {"en": ["before"]},
    "after": {"en": ["after"]},
    "all": {"en": ["all"]},
    "only": {"en": ["only"]},
    "tag": {"en": ["right", "is that true"], "uk": ["так"], "ru": ["верно"]},
    "more": {"en": ["more than", "over", "at least"]},
    "less": {"en": ["fewer than", "at most"]},
    "about": {"en": ["about"]},
    "other-time": {"en": ["right now", "will", "last year"], "uk": ["зараз", "буде"], "ru": ["сейчас", "будет"]},
    "and": {"en": ["and"], "uk": ["і", "та"], "ru": ["и"]},
    "or": {"en": ["or"]},
    "follow-up": {"en": ["and", "what about"], "uk": ["а"], "ru": ["а"]},
    "pronoun": {"en": ["she", "he", "they", "that"], "uk": ["вона"], "ru": ["она"]},
}
_NUMBERS = {
    "en": {
        "one": 1, "two": 2, "three": 3, "five": 5, "six": 6, "seven": 7, "eight": 8, "twenty": 20, "fifty": 50,
        "hundred": 100, "thousand": 1000, "million": 1_000_000,
    },
    "uk": {"п'ять": 5, "шість": 6, "двадцять": 20, "сто": 100, "тисяч": 1000},
    "ru": {"пять": 5, "шесть": 6, "двадцать": 20, "сто": 100, "тысяч": 1000},
}  # fmt: skip
