"""Which language a message is in, and what its glossary finds; languages.csv measures whole messages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.understanding import Report, understand
from bot.understanding.data import table
from bot.understanding.words.language import in_english, read_language
from bot.understanding.words.normalise import read_words
from tests.understanding.reading import CALENDAR, read, written


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("nie przyjdzie dzisiaj, ma goraczke", "polish"),
        ("nu vine azi la scoala, are febra", "romanian"),
        ("oggi non viene a scuola", "italian"),
        ("他今天发烧了", "chinese"),
        ("Tom won't be in today, he has a temperature", ""),
        ("Ill ring later, Tom is poorly", ""),
        ("Maja is off again today", ""),
        ("hes at his nans, can u ask them", ""),
        ("cant make it in 2day, sry", ""),
        ("yr7 parents evening 2moro? thx", ""),
    ],
)
def test_the_language_is_recognised(text: str, language: str) -> None:
    assert read_language(read_words(text), frozenset(("maja",))) == language


def test_every_phrase_of_every_glossary_can_be_looked_for() -> None:
    for language in table("glossary.toml"):
        words, hits = in_english(read_words("abc, 9:30 def?", foreign=True), language)
        assert words.texts == ["abc", ",", "9:30", "def", "?"]
        assert hits == []


@pytest.mark.parametrize(
    ("text", "child", "leaves"),
    [
        ("Dzien dobry, odbiorę Zosię o 13:15, ma wizytę u lekarza", "Zosia", "13:15"),
        ("Bună ziua, fetița are programare la medic azi, o iau la 12:30", "Ana", "12:30"),
        ("recojo a Mateo a las 12:30, tiene cita médica", "Mateo", "12:30"),
        ("Vou buscar a Inês às 13h, tem consulta", "Inês", "13:00"),
        ("je viens chercher Léa à 14h, rdv médecin", "Léa", "14:00"),
        ("Kızımı saat 13:00 te alacağım, doktor randevusu var", "Elif", "13:00"),
        ("Заберу Софию в 13:00, записаны к врачу", "Sofia", "13:00"),
        ("ابني عنده موعد عند الطبيب الساعة 11 وسآخذه الساعة 10:30", "Omar", "10:30"),
    ],
)
def test_a_child_is_collected_for_an_appointment(text: str, child: str, leaves: str) -> None:
    report = read(text, children=f"{child}:3").reports[0]
    assert report.code == "M"
    assert f"{report.leaves:%H:%M}" == leaves


@pytest.mark.parametrize(
    "text",
    [
        "Zofia jest chora, Marek jest zdrowy",
        "Zofia nie przyjdzie, jest chora. Marek idzie do szkoły",
        "Zofia are febră, Marek merge la școală",
        "Zofia tiene fiebre, Marek va al colegio",
        "Zofia ha la febbre, Marek va a scuola",
    ],
)
def test_a_child_who_goes_to_school_is_not_the_ill_one(text: str) -> None:
    understood = read(text, children="Marek:8 Zofia:6")
    assert [(report.children, report.code) for report in understood.reports] == [(("c2",), "I")]


@pytest.mark.parametrize(
    "text",
    [
        "ella salió de casa a las 8",
        "il est parti à 8h",
        "Ele saiu de casa às 8h",
        "è uscito di casa alle 8",
        "Er ist um 8 Uhr losgegangen",
        "wyszedł z domu o ósmej",
        "okula gitti sabah",
    ],
)
def test_who_set_out_is_looked_for_in_whatever_language(text: str) -> None:
    told = read(text, asked="absence")
    assert (told.intent, told.urgent) == ("present", True)


@pytest.mark.parametrize(
    "text", ["No fue al colegio, tiene fiebre", "il est malade, il a de la fièvre", "ma gorączkę, nie jest w szkole"]
)
def test_who_is_ill_in_another_language_has_not_set_out(text: str) -> None:
    assert [report.code for report in read(text, asked="absence").reports] == ["I"]


@pytest.mark.parametrize(
    ("text", "children", "arrives"),
    [
        ("Boa noite, o Rui tem consulta no hospital, chega à escola por volta do meio-dia.", "Rui:8", "12:00"),
        ("Bom dia, o Rui chega às 10 e meia, tem dentista", "Rui:8", "10:30"),
        ("Bom dia, o Rui vai chegar atrasado, chega às 9 e um quarto", "Rui:8", "09:15"),
        ("o Rui vai chegar às dez, perdemos o autocarro", "Rui:8", "10:00"),
        ("Lola llega tarde hoy, se ha dormido. A las 9 y cuarto está ahí", "Lola:6", "09:15"),
        ("Buenos días, Lola llega a las 9 y media, perdimos el autobús", "Lola:6", "09:30"),
        ("Lola llegará a las diez menos cuarto, nos dormimos", "Lola:6", "09:45"),
        ("Lola tiene cita con el médico a las nueve y media, llega sobre las once", "Lola:6", "11:00"),
        ("Ania się spóźni, będzie o wpół do dziesiątej", "Ania:4", "09:30"),
        ("Ania ma dentystę, będzie w szkole w południe", "Ania:4", "12:00"),
        ("Dzień dobry, Ania spóźni się, będzie kwadrans po dziewiątej", "Ania:4", "09:15"),
        ("Radu intarzie, ajunge la 9 si jumatate", "Radu:4", "09:30"),
        ("Radu vine mai tarziu azi, la zece, am pierdut autobuzul", "Radu:4", "10:00"),
        ("Léa a dentiste, elle arrive à l'école à midi", "Lea:4", "12:00"),
        ("Bonjour, Léa arrive en retard, à neuf heures et demie", "Lea:4", "09:30"),
        ("Buongiorno, Gia arriva in ritardo, alle 9 e mezza", "Gia:4", "09:30"),
        ("Max kommt heute später, gegen halb zehn, wir haben verschlafen", "Max:4", "09:30"),
        ("Ece bugün geç gelecek, 9 buçukta okulda", "Ece:4", "09:30"),
        ("Оля запізниться, буде о пів на десяту", "Ola:4", "09:30"),
    ],
)
def test_the_hour_is_told_in_every_language(text: str, children: str, arrives: str) -> None:
    assert [f"{report.arrives:%H:%M}" for report in read(text, children=children).reports if report.arrives] == [
        arrives
    ]


@pytest.mark.parametrize(
    ("text", "children"),
    [
        ("Tom is off, half the night awake and a quarter of a sandwich is all he ate", "Tom:4"),
        ("Tom off, he ate 9 and a quarter pancakes and was sick", "Tom:4"),
        ("Ania wymiotuje od drugiej w nocy, zostaje w domu", "Ania:4"),
        ("Lola está enferma, tiene fiebre, las dos hermanas están en el colegio", "Lola:6"),
    ],
)
def test_a_half_and_a_number_are_no_hour(text: str, children: str) -> None:
    (report,) = read(text, children=children).reports
    assert (report.session, report.arrives, report.leaves) == ("day", None, None)


@pytest.mark.parametrize(
    ("text", "children", "ill"),
    [
        ("Добрий день, Олена захворіла, температура. Іван прийде", "Olena:3 Ivan:6", ["c1"]),
        ("Доброго ранку, Іван хворий, залишиться вдома. Олена буде в школі", "Olena:3 Ivan:6", ["c2"]),
        ("Олена сьогодні хвора, Іван йде до школи", "Olena:3 Ivan:6", ["c1"]),
        ("Іван і Олена хворі, не прийдуть", "Olena:3 Ivan:6", ["c1", "c2"]),
        ("Добрий день, Данила сьогодні не буде, болить живіт. Юлія буде", "Danylo:9 Yuliia:5", ["c1"]),
        ("Доброго ранку, у Марії температура, залишиться вдома", "Mariia:9 Petro:5", ["c1"]),
        ("Богдан хворий, тому не прийде", "Bohdan:9 Tom:5", ["c1"]),
        ("Богдан болеет", "Bogdan:9 Tom:5", ["c1"]),
        ("Петя заболел, Света в школу придёт", "Petya:9 Sveta:5", ["c1"]),
        ("Света заболела, Петя тоже", "Petya:9 Sveta:5", ["c1", "c2"]),
        ("Здравейте, Иван е болен, няма да дойде. Мария ще дойде", "Ivan:9 Maria:5", ["c1"]),
        ("Dzień dobry, Zosia chora, gorączka. Antek przyjdzie", "Zosia:3 Antek:6", ["c1"]),
        ("Jan má rýmu a kašel, zůstane dnes doma. Eva přijde normálně", "Jan:3 Eva:6", ["c1"]),
        ("Eva a Jan jsou nemocní, nepřijdou", "Jan:3 Eva:6", ["c1", "c2"]),
    ],
)
def test_of_two_children_the_ill_one_is_reported(text: str, children: str, ill: list[str]) -> None:
    answer = read(text, children=children)
    assert sorted(child for report in answer.reports for child in report.children) == ill
    assert {report.code for report in answer.reports} == {"I"}


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("Tom tiene fiebre y no va al colegio hoy. Mañana tampoco", "2026-11-12"),
        ("Hola, Tom está enfermo, hoy no va y mañana tampoco va", "2026-11-12"),
        ("Tom are febra, nu vine azi, nici maine", "2026-11-12"),
        ("Tom e bolnav, nu vine azi si nici maine la scoala", "2026-11-12"),
        ("Tom sta male, non viene oggi e neanche domani", "2026-11-12"),
        ("Tom ma goraczke, dzis nie przyjdzie, jutro tez nie", "2026-11-12"),
        ("O Tom está doente, não vai hoje nem amanhã", "2026-11-12"),
        ("Tom est malade, il ne vient pas aujourd'hui ni demain", "2026-11-12"),
        ("Tom are febra azi, vine maine", "2026-11-11"),
        ("Tom ma goraczke, dzis go nie bedzie, jutro wroci", "2026-11-11"),
        ("O Tom está com febre, volta amanhã", "2026-11-11"),
        ("Tom est malade, il reviendra demain", "2026-11-11"),
    ],
)
def test_not_tomorrow_either_is_no_return_tomorrow(text: str, back: str) -> None:
    assert str(read(text).reports[0].return_day) == back


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("wroci w czwartek", "2026-11-19"),
        ("nie, w piatek", "2026-11-20"),
        ("до п'ятниці", "2026-11-20"),
        ("до четверга", "2026-11-19"),
        ("volta na quinta", "2026-11-19"),
        ("se intoarce joi", "2026-11-19"),
        ("jumeraat ko aayega", "2026-11-19"),
        ("khamiista", "2026-11-19"),
        ("desculpe o meu ingles, back in two days", "2026-11-19"),
    ],
)
def test_a_day_of_return_in_a_few_foreign_words(text: str, back: str) -> None:
    (report,) = read(text, "2026-11-17T09:24", "Tom:8", asked="return").reports
    assert str(report.return_day) == back


def test_ten_is_no_number_in_polish() -> None:
    assert "10" not in read_words("ten tydzien bedzie w domu", foreign=True).texts


@pytest.mark.parametrize("text", ["Mateo sí va", "Mateo sí va al cole", "Mateo school aa raha hai"])
def test_who_goes_to_school_in_another_language_is_ill_no_more(text: str) -> None:
    ill = Report(("c1",), "I", date(2026, 11, 10), None, "day")
    found = understand(replace(written(text, children="Mateo:3 Lucia:5"), known=(ill,)), CALENDAR)
    assert (found.intent, [one.return_day for one in found.reports]) == ("return", [date(2026, 11, 10)])


@pytest.mark.parametrize("text", ["Mateo no va al cole", "Mateo school nahi aa raha"])
def test_who_does_not_is(text: str) -> None:
    assert read(text, children="Mateo:3 Lucia:5").intent == "absence"


@pytest.mark.parametrize(
    "text",
    [
        "Lekarz przepisał antybiotyk, Kuba zostaje w domu do piątku",
        "Hoy tampoco va, el médico le dio antibiótico, vuelve el viernes",
        "O médico receitou antibiótico ao Kuba, volta sexta",
        "Il dottore gli ha dato l'antibiotico, Kuba torna venerdì",
        "Лікар виписав антибіотик, сьогодні не прийде до школи",
    ],
)
def test_what_the_doctor_gave_is_an_illness_and_no_appointment(text: str) -> None:
    assert {report.code for report in read(text, children="Kuba:3").reports} == {"I"}


def test_a_doctor_who_is_to_be_seen_is_an_appointment() -> None:
    assert [report.code for report in read("Kuba ma jutro wizytę u lekarza", children="Kuba:3").reports] == ["M"]


@pytest.mark.parametrize(
    ("text", "intent", "back"),
    [
        ("ਜਸਲੀਨ ਬਿਮਾਰ ਹੈ, ਅੱਜ ਸਕੂਲ ਨਹੀਂ ਆਵੇਗੀ", "absence", None),
        ("ਮੇਰੇ ਬੇਟੇ ਨੂੰ ਬੁਖਾਰ ਹੈ। ਵੀਰਵਾਰ ਨੂੰ ਵਾਪਸ ਆਵੇਗਾ", "absence", date(2026, 11, 12)),
        ("ਉਹ ਲੇਟ ਹੋਵੇਗਾ, 10 ਵਜੇ ਆਵੇਗਾ", "late", None),
        ("ਪਤਾ ਨਹੀਂ ਉਹ ਕਿੱਥੇ ਹੈ, ਰਾਤ ਤੋਂ ਘਰ ਨਹੀਂ ਆਇਆ", "missing", None),
        ("ਉਹ ਸਵੇਰੇ ਸਕੂਲ ਗਿਆ ਹੈ", "present", None),
        ("فریدہ بیمار اے، اج سکول نئیں آوے گی", "absence", None),
        ("میری بیٹی کو بخار ہے آج سکول نہیں آئے گی", "absence", None),
        ("پتہ نہیں وہ کہاں ہے", "missing", None),
        ("আমার ছেলে অসুস্থ, আজ স্কুলে যাবে না", "absence", None),
    ],
)
def test_punjabi_urdu_and_bengali_letters_are_read(text: str, intent: str, back: date | None) -> None:
    answer = read(text, "2026-11-10T09:20", "Jasleen:7", "absence")
    assert (answer.intent, answer.urgent) == (intent, intent in ("missing", "present"))
    if intent == "absence":
        report = answer.reports[0]
        assert (report.code, report.first_day, report.return_day) == ("I", date(2026, 11, 10), back)


@pytest.mark.parametrize("text", ["স্কুলে যাবে", "ਧੰਨਵਾਦ ਜੀ", "मेरा बेटा"])
def test_of_words_in_indian_letters_that_tell_no_illness_none_is_recorded(text: str) -> None:
    assert read(text, "2026-11-10T09:20", "Rana:7", "absence").reports == ()


def test_harm_is_heard_in_punjabi() -> None:
    assert read("ਮੇਰਾ ਪਤੀ ਮੈਨੂੰ ਮਾਰਦਾ ਹੈ", children="Jas:7").safeguarding
