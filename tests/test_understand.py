"""What a question asks for, and what it takes over from earlier turns."""

import pytest

from qa.understand import detect_language, leans_on_history, parts, understand


@pytest.mark.parametrize(
    ("question", "kind", "focus"),
    [
        ("Who led the Israeli delegation?", "who", ""),
        ("In what year was the group founded?", "when", "year"),
        ("How many housing units are planned?", "number", "housing"),
        ("Diễn đàn dự kiến gặp mặt bao lâu một lần?", "number", ""),
        ("Ai dẫn đầu phái đoàn Israel?", "who", ""),
        ("Wie viele Tore schoss er?", "number", "tore"),
        ("Why did the talks fail?", None, ""),
        ("What is the melting point of tungsten?", None, ""),
        ("How many people were killed when the bridge collapsed?", "number", "people"),
        ("Who was president when the wall fell?", "who", ""),
        ("What does the WHO advise?", None, ""),
        ("Which were the first towns?", None, ""),
        ("Quel était le score ?", None, ""),
        ("Quel score attendait-on ?", None, "score"),
        ("¿Qué es un glaciar?", None, ""),
        ("AI là gì?", None, ""),
        ("几内亚的首都是哪里？", "where", ""),
        ("Quanto costa il ponte?", "number", ""),
        ("Quantos canhões foram encontrados?", "number", "canhões"),
        ("Chi ha vinto la corsa?", "who", ""),
        ("Когда вышла статья?", "when", ""),
        ("这座桥花了多少钱？", "number", ""),
        ("千鳥湯の入浴料はいくらですか", "number", ""),
    ],
)
def test_kind_and_focus(question: str, kind: str | None, focus: str) -> None:
    found = understand(question)
    assert (found.kind, found.focus) == (kind, focus)


def test_a_question_that_stands_alone_is_searched_as_it_is() -> None:
    found = understand("Who led the Israeli delegation to Washington?", ("What is the boiling point of ethanol?",))
    assert (found.text, found.context) == ("Who led the Israeli delegation to Washington?", "")


def test_a_follow_up_takes_the_earlier_question_along() -> None:
    found = understand(
        "And who represented the American side?", ("Who led the Israeli delegation to Washington in 2022?",)
    )
    assert found.text == "Who led the Israeli delegation to Washington in 2022? who represented the American side?"
    assert found.text[found.start :] == "who represented the American side?"
    assert "delegation" in dict(found.context_words) and "delegation" not in dict(found.words)


def test_a_pronoun_may_stand_for_a_name_in_the_answer_before() -> None:
    history = ("Who led the Israeli delegation to Washington?",)
    said = "The delegation of the Israeli government was led by Orit Farkash-Hacohen, the minister said."
    found = understand("What did she say there?", history, said=said)
    assert found.context == "Who led the Israeli delegation to Washington? Orit Farkash-Hacohen"
    assert understand("And when?", history, said=said).context == history[0]
    assert understand("Which minister signed the Jerusalem Declaration in Tel Aviv?", history, said=said).context == ""


def test_a_chain_of_follow_ups_reaches_back_to_the_question_that_stands_alone() -> None:
    history = ("Where is Ghana?", "When did Lapid phone the president of the Emirates?", "What did they discuss?")
    assert understand("And who took it down?", history).context == " ".join(history[1:])


@pytest.mark.parametrize(
    ("question", "leans"),
    [
        ("And in 2021?", True),
        ("What did he say?", True),
        ("Why?", True),
        ("Ông ấy đã nói gì?", True),
        ("E quanto custou?", True),
        ("E chi l'ha costruito?", True),
        ("А во сколько всё это обошлось?", True),
        ("那他是谁？", True),
        ("花了多少钱？", True),
        ("いくらかかりましたか？", True),
        ("几内亚的首都在哪里？", False),
        ("吉他是谁发明的，在什么地方？", False),
        ("千鳥湯の入浴料はいくらですか", False),
        ("На каком этаже находится музей восковых фигур?", False),
        ("それはいつですか？", True),
        ("Кто построил новый мост через реку Ушма?", False),
        ("青澜博物馆的设计师是谁？", False),
        ("What did John Kirby say about Israeli settlement expansion?", False),
        ("How many people were killed in the earthquake that hit Antakya?", False),
        ("How many nuclear reactors are there in Finland?", False),
        ("Why did Netanyahu dismiss his defence minister Gallant?", False),
        ("Why did he dismiss him?", True),
        ("Who is that?", True),
        ("How many were there?", True),
        ("Combien de personnes sont mortes en Turquie ?", False),
        ("Quand Emmanuel Macron a-t-il rencontré Zelensky ?", False),
        ("Est-ce que la Banque centrale européenne augmentera les taux ?", False),
        ("Qu'a-t-il dit ?", True),
        ("Pourquoi elle a démissionné ?", True),
        ("Wie viele Tote gab es bei dem Erdbeben in Antakya?", False),
        ("Was hat sein Nachfolger gesagt?", True),
        ("¿Cuándo presentó Liz Truss su dimisión ante el rey Carlos?", False),
        ("Thế giới có bao nhiêu lò phản ứng hạt nhân?", False),
        ("Thế còn năm 2021?", True),
        ("Ai Cập và Jordan thiết lập quan hệ với Israel vào những năm nào?", False),
    ],
)
def test_leaning_on_history(question: str, leans: bool) -> None:
    assert leans_on_history(question, detect_language(question)) is leans


def test_a_question_that_asks_two_things_is_divided() -> None:
    assert parts("Who headed the talks, and who headed the group?") == [
        "Who headed the talks",
        "and who headed the group?",
    ]
    assert parts("What happened to Smith and Jones?") == ["What happened to Smith and Jones?"]


@pytest.mark.parametrize(
    "pieces",
    [
        ("Who won", "and by how much?"),
        ("What do UNICEF and WHO say about malaria vaccines?",),
        ("Pourquoi Macron a-t-il dit que la guerre durait et que l'Europe devait se réarmer ?",),
        ("Que dit Macron", "et que dit Scholz ?"),
        ("Who is the man who shot Shinzo Abe and who confessed to it?",),
        ("Who shot Shinzo Abe", "and who confessed to it?"),
        ("Who won the race?", "And by how much?"),
        ("Who won?", "And when?", "And where?"),
        ("誰が優勝したのですか？", "いつですか？"),
        ("How many people and how many cars were stuck?",),
        ("When and where was he born?",),
        ("How heavy is the meteorite? I keep seeing two different figures.",),
        ("An welchen Wochentagen und um wie viel Uhr fährt der Nachtzug?",),
        ("Südkalifornische Gemeinden sind groß und von welchem anderen Merkmal gekennzeichnet?",),
        ("Giao tranh giữa Israel và Ai Cập chấm dứt khi nào?",),
        ("Combien de feuillets compte le manuscrit", "et à combien est-il estimé ?"),
        ("Quels pays et quelles entreprises ont signé ?",),
        ("Wer hat das Rennen gewonnen", "und mit welchem Vorsprung?"),
        ("Wie viele Männer und wie viele Frauen kamen?",),
        ("¿Cómo acabó el partido", "y de quién fue el gol?"),
        ("¿Quién ganó?", "¿Y por cuánto?"),
        ("Quantos canhões já se contaram na nau", "e quanto vai custar escavar tudo?"),
        ("Quantos homens e quantas mulheres vieram?",),
        ("Chi ha vinto la corsa", "e con quale vantaggio?"),
        ("Tổ chức thi lại toán hết bao nhiêu tiền", "và điểm trung bình được mấy?"),
        ("Giá gạo và giá cà phê tăng bao nhiêu?",),
        ("Bao nhiêu người và bao nhiêu xe bị kẹt?",),
        ("Ai đã gặp ông Lapid", "và họ nói gì", "và gặp nhau ở đâu?"),
        ("Vì sao cuộc đàm phán giữa Mỹ và Iran thất bại", "và khi nào sẽ nối lại?"),
        ("Luật nào quy định về quyền và nghĩa vụ của người lao động", "và ai giám sát?"),
        ("Công nghệ AI và robot sẽ thay thế nghề nào?",),
        ("Ngôi sao Messi và Ronaldo sinh năm nào?",),
        ("Ai bị thương và mất tích trong mấy ngày qua?",),
        ("Ai đã ký hiệp định và không đưa ra điều kiện nào?",),
        ("How old is he", "and where does he live?"),
        ("Who founded the club", "and when", "and why?"),
        ("Who built the bridge?", "When?", "Why? And for whom?"),
        ("《谁动了我的奶酪？》的作者是谁？",),
        ("Правда ли, что мост закрыт и что дорога перекрыта?",),
        ("O que disse Lula como presidente e como candidato?",),
    ],
)
def test_parts_of_a_question(pieces: tuple[str, ...]) -> None:
    assert parts(" ".join(pieces)) == list(pieces)


@pytest.mark.parametrize("question", ["谁建造了青岛大桥？花了多少钱？", "誰が橋を造ったのですか？いつですか？"])
def test_a_second_question_takes_the_first_along(question: str) -> None:
    first, second = parts(question)
    assert understand(second, (first,), language=detect_language(question)).text == f"{first} {second}"


def test_what_is_searched_otherwise_leans_on_an_earlier_turn_as_it_was_worded() -> None:
    before = ("Who won the chess championship in 2019?",)
    asked, worded = "What is there about the Riverton bridge?", "What do the articles say about the Riverton bridge?"
    assert understand(asked, before, worded=worded).text == asked
    assert understand("What is there about him?", before, worded="Tell me about him").context == before[0]


def test_language() -> None:
    assert detect_language("Ai là thủ tướng của Israel?", ("en",)) == "vi"
    assert detect_language("Who signed it?", ("en", "vi")) == "en"
    assert detect_language("2022?") is None
