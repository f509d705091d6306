"""Which articles a question speaks of."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.period import Period, read_period
from qa.scope import read_scope
from qa.types import ANY, Filters

TODAY = date(2023, 7, 19)  # a Wednesday
PUBLISHERS = ("***", "The Harbour Gazette", "Reuters", "Daily Mirror", "Time", "Báo Vịnh", "Le Monde", "El País",
              "Die Zeit", "BBC", "BBC News")  # fmt: skip
AUTHORS = ("Mina Aldous", "Donald Trump")


def scope(question: str, language: str = "en"):
    return read_scope(question, language, lambda: PUBLISHERS, lambda: AUTHORS, TODAY, lambda: None)


@pytest.mark.parametrize(
    ("question", "language", "filters", "text"),
    [
        ("According to the Gazette, who led the talks?", "en", Filters(publisher="The Harbour Gazette"),
         "who led the talks?"),
        ("How many boats did the Gazette report in March 2021?", "en",
         Filters(publisher="The Harbour Gazette", after="2021-03-01", before="2021-03-31"), "How many boats?"),
        ("Who did Reuters say led the talks?", "en", Filters(publisher="Reuters"), "Who led the talks?"),
        ("According to the gazette of the court, who led the talks?", "en", ANY,
         "According to the gazette of the court, who led the talks?"),
        ("According to Reuters, who led the talks?", "en", Filters(publisher="Reuters"), "who led the talks?"),
        ("Who led the talks according to the harbour gazette?", "en", Filters(publisher="The Harbour Gazette"),
         "Who led the talks?"),
        ("What did BBC News say about tides?", "en", Filters(publisher="BBC News"), "What is there about tides?"),
        ("What did Reuters report in March 2021 about tides?", "en",
         Filters(publisher="Reuters", after="2021-03-01", before="2021-03-31"), "What is there about tides?"),
        ("What did Mina Aldous write about tides?", "en", Filters(author="Mina Aldous"),
         "What is there about tides?"),
        ("Which articles published before 3 May 2023 mention tides?", "en", Filters(before="2023-05-02"),
         "Which articles mention tides?"),
        ("Show articles about the new tolls from last month", "en", Filters(after="2023-06-01", before="2023-06-30"),
         "What is there about the new tolls?"),
        ("What has been in the news since 2022?", "en", Filters(after="2022-01-01"), "What has been in the news?"),
        ("What was in yesterday's news about tolls?", "en", Filters(after="2023-07-18", before="2023-07-18"),
         "What was news about tolls?"),
        ("Theo Báo Vịnh, ai dẫn đầu phái đoàn?", "vi", Filters(publisher="Báo Vịnh"), "ai dẫn đầu phái đoàn?"),
        ("Báo Vịnh nói gì về thủy triều?", "vi", Filters(publisher="Báo Vịnh"), "Có gì về thủy triều?"),
        ("Báo Vịnh đưa tin bao nhiêu người phải rời đi?", "vi", Filters(publisher="Báo Vịnh"),
         "bao nhiêu người phải rời đi?"),
        ("Bài viết đăng ngày 13/7/2022 nói gì về cầu?", "vi", Filters(after="2022-07-13", before="2022-07-13"),
         "Có gì về cầu?"),
        ("Tin tức tuần trước nói gì về cầu?", "vi", Filters(after="2023-07-10", before="2023-07-16"),
         "Có gì về cầu?"),
        ("Laut Die Zeit, wer gewann die Wahl?", "de", Filters(publisher="Die Zeit"), "wer gewann die Wahl?"),
        ("Welche Artikel vom 3. Mai 2023 nennen die Brücke?", "de", Filters(after="2023-05-03", before="2023-05-03"),
         "Welche Artikel nennen die Brücke?"),
        ("Selon Le Monde, qui a gagné ?", "fr", Filters(publisher="Le Monde"), "qui a gagné?"),
        ("Que dit Le Monde sur le pont ?", "fr", Filters(publisher="Le Monde"),
         "Que sait-on sur le pont?"),
        ("Quels articles publiés avant le 3 mai 2023 citent le pont ?", "fr", Filters(before="2023-05-02"),
         "Quels articles citent le pont?"),
        ("What do articles from 2021 to 2023 say about tides?", "en",
         Filters(after="2021-01-01", before="2023-12-31"), "What is there about tides?"),
        ("Which articles from March to May 2021 mention tides?", "en",
         Filters(after="2021-03-01", before="2021-05-31"), "Which articles mention tides?"),
        ("Welche Artikel vom 3. Mai bis 5. Mai 2023 nennen die Brücke?", "de",
         Filters(after="2023-05-03", before="2023-05-05"), "Welche Artikel nennen die Brücke?"),
        ("¿Qué artículos de enero a marzo de 2023 hablan del puente?", "es",
         Filters(after="2023-01-01", before="2023-03-31"), "¿Qué artículos hablan del puente?"),
        ("Bài báo từ năm 2021 đến năm 2023 nói gì về cầu?", "vi",
         Filters(after="2021-01-01", before="2023-12-31"), "Có gì về cầu?"),
        ("What did Reuters say may delay the launch?", "en", Filters(publisher="Reuters"), None),
        ("Qu'est-ce que Le Monde a dit sur le pont ?", "fr", Filters(publisher="Le Monde"), "Que sait-on sur le pont?"),
        ("Según El Pais, ¿quién ganó?", "es", Filters(publisher="El País"), "¿quién ganó?"),
        ("¿Qué noticias de la semana pasada hablan del puente?", "es", Filters(after="2023-07-10", before="2023-07-16"),
         "¿Qué noticias hablan del puente?"),
    ],
)  # fmt: skip
def test_articles_are_asked_for(question: str, language: str, filters: Filters, text: str | None) -> None:
    found = scope(question, language)
    assert (found.filters, found.text) == (filters, text or question)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Who owns the Daily Mirror?", "en"),
        ("When was Reuters founded?", "en"),
        ("What happened in March 2021?", "en"),
        ("How many cases were reported in March 2021?", "en"),
        ("Which book was published in 1859?", "en"),
        ("What did Donald Trump say about Iran?", "en"),
        ("What did Reuters and Die Zeit say about Iran?", "en"),
        ("How much has been spent according to time sheets?", "en"),
        ("What did the Articles of Confederation of 1781 say?", "en"),
        ("What is the latest iPhone called?", "en"),
        ("Who wrote about Reuters?", "en"),
        ("What can still be seen of the wall today?", "en"),
        ("Loài nào sống cách đây 505 triệu năm trước?", "vi"),
        ("Ai sở hữu Báo Vịnh?", "vi"),
        ("Điều gì đã xảy ra vào tháng 3 năm 2021?", "vi"),
        ("Was geschah im März 2021?", "de"),
        ("Que s'est-il passé en mars 2021 ?", "fr"),
        ("¿Qué pasó en marzo de 2021?", "es"),
        ("¿A quién pertenece El País?", "es"),
        ("¿Qué noticias del mar Rojo hay?", "es"),
        ("What news may affect oil prices?", "en"),
        ("Est-ce que Le Monde appartient à Xavier Niel ?", "fr"),
        ("Qui dit que Reuters a licencié des journalistes ?", "fr"),
    ],
)
def test_a_subject_and_the_time_of_an_event_are_no_filters(question: str, language: str) -> None:
    found = scope(question, language)
    assert (found.filters, found.newest, found.text) == (ANY, False, question)


@pytest.mark.parametrize(
    ("question", "language", "preferred"),
    [
        ("What happened in March 2021?", "en", Filters(after="2021-03-01", before="2021-05-01")),
        ("Was geschah am 3. März 2021?", "de", Filters(after="2021-03-03", before="2021-04-03")),
        ("Điều gì đã xảy ra vào tháng 3 năm 2021?", "vi", Filters(after="2021-03-01", before="2021-05-01")),
        ("What happened in March?", "en", ANY),
        ("What happened in 2021?", "en", ANY),
        ("What happened before March 2021?", "en", ANY),
    ],
)
def test_articles_soon_after_a_day_or_month_are_preferred(question: str, language: str, preferred: Filters) -> None:
    assert scope(question, language).preferred == preferred


@pytest.mark.parametrize(
    ("question", "language", "text"),
    [
        ("What do all of my articles say about tides?", "en", "What is there about tides?"),
        ("Can you summarise what the documents say about tides?", "en", "What is there about tides?"),
        ("What did the papers report in March about tides?", "en", None),
        ("What has been reported about tides?", "en", "What is there about tides?"),
        ("Tell me about the tides", "en", "What is there about the tides?"),
        ("Tell me who measured the tides", "en", None),
        ("What do the sources say about why he resigned?", "en", "why he resigned?"),
        ("What do the papers say on Sunday?", "en", None),
        ("What does the press secretary say about tides?", "en", None),
        ("What is written on the bell?", "en", None),
        ("Bài báo nói gì về thủy triều?", "vi", "Có gì về thủy triều?"),
        ("Báo chí đề cập gì đến thủy triều?", "vi", "Có gì về thủy triều?"),
        ("Có bài báo nào nói về thủy triều không?", "vi", "Có gì về thủy triều không?"),
        ("Bao nhiêu con tin năm 1996 được thả?", "vi", None),
        ("Was schreiben die Zeitungen zur Flut?", "de", "Was gibt es zur Flut?"),
        ("Was wird von der Regierung gesagt?", "de", None),
        ("Was wird über die Flut berichtet?", "de", "Was gibt es über die Flut?"),
        ("Que disent les journaux à propos de l'Iran ?", "fr", "Que sait-on à propos de l'Iran?"),
        ("Que dit le texte de loi sur les retraites ?", "fr", None),
        ("Que dit-on de l'Iran ?", "fr", "Que sait-on de l'Iran?"),
        ("¿Qué dice El País sobre el puente?", "es", "¿Qué hay sobre el puente?"),
        ("¿Qué dicen los artículos sobre el puente?", "es", "¿Qué hay sobre el puente?"),
        ("¿Qué dice el informe de la ONU sobre Gaza?", "es", None),
        ("Dime de dónde es Shakira", "es", None),
        ("O que dizem os jornais sobre a ponte?", "pt", "O que há sobre a ponte?"),
        ("Cosa dicono i documenti della CIA su Kennedy?", "it", None),
        ("Cosa dicono gli articoli sul ponte?", "it", "Cosa c'è sul ponte?"),
        ("Что написано в конституции о браке?", "ru", None),
        ("Что пишут в газетах о мосте?", "ru", "Что есть о мосте?"),
    ],
)
def test_what_articles_say_on_a_subject_is_what_there_is_on_it(question: str, language: str, text: str | None) -> None:
    assert scope(question, language).text == (text or question)


def test_a_time_told_from_today_is_preferred_where_it_may_be_that_of_the_event() -> None:
    found = scope("What happened at the bridge last week?")
    assert (found.filters, found.preferred) == (ANY, Filters(after="2023-07-10", before="2023-07-16"))


@pytest.mark.parametrize(
    ("question", "language", "since"),
    [
        ("What has changed at the bridge since yesterday?", "en", "2023-07-18"),
        ("Was ist seit letzter Woche an der Brücke geschehen?", "de", "2023-07-10"),
        ("Có gì thay đổi từ tuần trước?", "vi", "2023-07-10"),
    ],
)
def test_since_last_week_has_no_end(question: str, language: str, since: str) -> None:
    assert scope(question, language).preferred == Filters(after=since)


def test_a_publisher_with_and_without_its_article_is_one() -> None:
    found = read_scope("According to the Guardian, who won?", "en", lambda: ("The Guardian", "Guardian"), tuple, TODAY,
                       lambda: None)  # fmt: skip
    assert (found.filters, found.text) == (Filters(publisher="The Guardian"), "who won?")


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What is the latest news on Iran?", "en"),
        ("Tin mới nhất về Iran là gì?", "vi"),
        ("Was sind die neuesten Nachrichten über Iran?", "de"),
        ("Quelles sont les dernières nouvelles sur l'Iran ?", "fr"),
        ("¿Cuáles son las últimas noticias sobre Irán?", "es"),
        ("What is the latest figure for people made ill?", "en"),
        ("What was the corrected number of patients?", "en"),
        ("Số người thiệt mạng mới nhất là bao nhiêu?", "vi"),
        ("Wie lautet die aktuelle Zahl der Verletzten?", "de"),
        ("Quel est le dernier bilan ?", "fr"),
        ("¿Cuál es la última cifra de heridos?", "es"),
    ],
)
def test_the_newest_is_wanted(question: str, language: str) -> None:
    assert scope(question, language).newest


@pytest.mark.parametrize(
    ("text", "language", "after", "before"),
    [
        ("before 3 May 2023", "en", None, "2023-05-02"),
        ("after May 3rd, 2023", "en", "2023-05-04", None),
        ("since 2022", "en", "2022-01-01", None),
        ("until 2023-05", "en", None, "2023-05-31"),
        ("in December 2020", "en", "2020-12-01", "2020-12-31"),
        ("in August", "en", "2022-08-01", "2022-08-31"),
        ("the past 3 weeks", "en", "2023-06-28", "2023-07-19"),
        ("this year", "en", "2023-01-01", "2023-12-31"),
        ("on 13/7/2022", "en", "2022-07-13", "2022-07-13"),
        ("ngày 3 tháng 5 năm 2023", "vi", "2023-05-03", "2023-05-03"),
        ("kể từ tháng 3/2021", "vi", "2021-03-01", None),
        ("năm ngoái", "vi", "2022-01-01", "2022-12-31"),
        ("seit dem 1. März 2021", "de", "2021-03-01", None),
        ("letzten Monat", "de", "2023-06-01", "2023-06-30"),
        ("depuis le 1er mars 2021", "fr", "2021-03-01", None),
        ("la semaine dernière", "fr", "2023-07-10", "2023-07-16"),
        ("antes del 3 de mayo de 2023", "es", None, "2023-05-02"),
        ("el año pasado", "es", "2022-01-01", "2022-12-31"),
    ],
)
def test_periods(text: str, language: str, after: str | None, before: str | None) -> None:
    assert read_period(text, language, TODAY) == Period(after, before)


@pytest.mark.parametrize(
    ("newest", "after"),
    [(None, "2022-08-09"), ("2021-09-30", "2021-08-09"), ("2021-08-08", "2020-08-09"), ("2031-01-01", "2022-08-09")],
)
def test_a_day_without_its_year_is_the_last_one_that_an_article_may_tell_of(newest: str | None, after: str) -> None:
    question = "What did Reuters report on 9 August about tides?"
    found = read_scope(question, "en", lambda: PUBLISHERS, lambda: AUTHORS, TODAY, lambda: newest)
    assert found.filters == Filters(publisher="Reuters", after=after, before=after)


def test_last_month_is_told_from_today_whatever_there_is() -> None:
    question = "Show articles about the new tolls from last month"
    found = read_scope(question, "en", lambda: PUBLISHERS, lambda: AUTHORS, TODAY, lambda: "2021-09-30")
    assert found.filters == Filters(after="2023-06-01", before="2023-06-30")


@pytest.mark.parametrize("text", ["on 3/5/2023", "31 February 2023", "some day", ""])
def test_what_is_no_date_or_could_be_two_is_none(text: str) -> None:
    assert read_period(text, "en", TODAY) is None


@given(st.text(max_size=60), st.sampled_from(["en", "vi", "de", "fr", "es", "xx"]))
def test_any_text(text: str, language: str) -> None:
    found = scope(text, language)
    assert found.text == text or len(found.text) <= len(text)
