"""What the pages show of answers and articles."""

from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from index.listing import Counts, Listed, Listing, Totals
from index.types import Article, Failure, Span
from qa.types import Answer, Citation, Filters, Statement
from ui import archive, frame, quotes, reading, render, sources, typeset
from ui.conversations import Heading, Turn
from ui.strings import Say

HOSTILE = """<img src=x onerror="alert(1)">"'`${alert(2)}{{self}}</mark><script>alert(3)</script>&lt;"""


def article(text: str, **fields) -> Article:
    defaults = {
        "id": "a1",
        "path": "saved/bridge.html",
        "title": "Bridge reopens",
        "publisher": "The Gazette",
        "author": None,
        "published": "2023-06-26",
        "language": "en",
        "url": None,
        "content_hash": sha256(text.encode()).hexdigest(),
    }
    return Article(text=text, **{**defaults, **fields})


TEXT = "Bridge reopens\n\nThe bridge reopened on Monday.\nIt was closed.\n\nRepairs cost 41 million euros. Tolls paid."
BRIDGE = article(TEXT)
QUOTE = "Repairs cost 41 million euros."


def citation(quote: str = QUOTE, number: int | None = 1, of: Article = BRIDGE) -> Citation:
    start = of.text.index(quote)
    return Citation(number, quote, start, start + len(quote), of.without_text())


def answered(*citations: Citation, **fields) -> Answer:
    says = "The Gazette, 26 June 2023"
    statements = tuple(Statement(f"{says}: “{c.quote}”", (c.number,)) for c in citations if c.number)
    return Answer("What did it cost?", "What did it cost?", "answered", statements, citations, **fields)


class Page(HTMLParser):
    """The elements and the text of a piece of HTML; fails where the elements are not well nested."""

    def __init__(self, html: str):
        super().__init__()
        self.open, self.elements, self.text, self.marked = [], [], "", []
        self.marking = 99  # how many elements are open inside a marked one
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in ("meta", "link", "input"):
            self.open.append(tag)
        kind = "main" if tag == "mark" else dict(attributes).get("class")
        if kind in ("main", "also-quoted"):
            self.marked.append((kind, ""))
            self.marking = len(self.open)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        if len(self.open) < self.marking:
            self.marking = 99

    def handle_data(self, data):
        self.text += data
        if len(self.open) >= self.marking:
            kind, text = self.marked[-1]
            self.marked[-1] = (kind, text + data)

    def named(self, tag: str) -> list[dict]:
        return [attributes for name, attributes in self.elements if name == tag]


def test_every_statement_has_its_chips_and_the_footnotes_name_the_source():
    parts = render.answer_html(answered(citation()))
    version = BRIDGE.content_hash[:12]
    address = f"#src=a1:{citation().start}-{citation().end}:1:{version}"
    assert parts == [
        '<p class="statement"><span class="says" dir="auto">The Gazette, 26 June 2023: </span>'
        '<span class="said" lang="en" dir="ltr">“Repairs cost 41 million <span class="tail">euros.”'
        f'<a class="cite" href="{address}" aria-label="Source 1: The Gazette, 26 June 2023">1</a>'
        "</span></span></p>",
        '<ul class="footnotes" aria-label="Sources of this answer"><li><span class="numbers">1</span><span>'
        f'<a class="title" href="{address}" lang="en" dir="ltr">Bridge reopens</a> <span class="facts">'
        '<span class="publisher" dir="auto">The Gazette</span>, '
        '<time datetime="2023-06-26">26 June 2023</time>, '
        '<span class="language">English</span></span></span></li></ul>',
    ]


def test_several_quotes_of_one_article_share_a_footnote():
    answer = answered(citation(), citation("Tolls paid.", 2))
    page = Page("".join(render.answer_html(answer)))
    assert [a["class"] for a in page.named("a")] == ["cite", "cite", "title"]
    assert "1 2Bridge reopens" in page.text


def test_a_statement_in_other_words_does_not_claim_the_language_of_the_article():
    answer = replace(answered(citation()), statements=(Statement("It cost a lot.", (1, 7)),))
    page = Page(render.answer_html(answer)[0])
    assert page.text == "It cost a lot.1"
    assert page.named("span")[0] == {"class": "said", "dir": "auto"}


def test_the_search_question_is_shown_only_where_it_differs():
    same = replace(answered(citation()), search_question="what did it cost")
    other = replace(answered(citation()), search_question="What did the bridge cost?")
    assert "Searched for" not in "".join(render.answer_html(same))
    assert "Searched for “<bdi>What did the bridge cost?</bdi>”" in render.answer_html(other)[0]


def test_what_answers_is_bold_and_independent_sources_are_counted():
    start = QUOTE.index("41 million")
    bold = replace(citation(), span=(citation().start + start, citation().start + len(QUOTE)))
    answer = answered(bold)
    said = render.answer_html(replace(answer, statements=(replace(answer.statements[0], sources=2),)))[0]
    assert "Repairs cost <b>41 million </b>" in said
    assert '<span class="tail"><b>euros.</b>”' in said
    assert Page(said).text.endswith("2 independent sources")
    moved = quotes.Finding(Span(bold.start, bold.end), "unchanged")
    assert "<mark>Repairs cost <b>41 million euros.</b></mark>" in reading.source_html(BRIDGE, moved, (), bold)


def test_filters_found_in_the_question_are_chips_that_ask_again_without_them():
    filters = Filters(publisher=HOSTILE, after="2023-06-01", before="2023-06-30")
    page = Page(render.answer_html(replace(answered(citation()), filters=filters))[0])
    first, second = page.named("button")
    assert page.text == f"Only articles {HOSTILE} × 1 June 2023 to 30 June 2023 ×"
    assert first["data-question"] == second["data-question"] == "What did it cost?"
    assert first["data-names"] == "publisher author language path without"  # the dates stay
    assert second["data-names"] == "author language after before path without"
    assert "Only articles" not in "".join(render.answer_html(answered(citation())))


def test_articles_that_differ_stand_side_by_side():
    other = article("Repairs cost 43 million euros. So much.", id="b2", publisher="Ledger")
    pair = (citation(), citation("Repairs cost 43 million euros.", 2, other), citation("Tolls paid.", 3))
    answer = answered(*pair, warnings=("The articles differ: 41 million [1], 43 million [2].", "Some part is missing."))
    beside, rest, _, warning = render.answer_html(answer)
    page = Page(beside)
    assert page.text.startswith("The articles differThe Gazette, 26 June 2023: “Repairs cost 41")
    assert page.text.count("The Gazette, 26 June 2023: ") == 2 and "43 million euros.”2" in page.text
    assert Page(rest).text.endswith("“Tolls paid.”3") and warning == '<p class="warning">Some part is missing.</p>'


def test_an_old_answer_says_what_became_of_its_quotes():
    now = article(TEXT.replace("41", "43"))
    found = quotes.find_quote(now, place_of(citation()), QUOTE)
    gone = citation("Tolls paid.", 2)
    answer = answered(citation(), gone)
    checks = [quotes.Check(citation(), now, found), quotes.Check(gone, None, quotes.Finding(fate="removed"))]
    *_, changes = parts = render.answer_html(answer, Say(), None, checks)
    page = Page("".join(parts))
    assert [a.get("class") for a in page.named("a")] == ["cite edited", "cite removed", "title"]
    assert "Repairs cost <del>41</del> million euros." in changes and "cost <ins>43</ins> million" in changes
    assert Page(changes).text.endswith("When it was cited:Tolls paid.")
    unchanged = quotes.Finding(Span(citation().start, citation().end), "unchanged")
    assert render.answer_html(answer, checks=[quotes.Check(citation(), BRIDGE, unchanged)]) == render.answer_html(
        answer
    )


@pytest.mark.parametrize(
    ("url", "quote", "fragment"),
    [
        ("https://e.org/", "Two - words, & more", "#:~:text=Two%20%2D%20words%2C%20%26%20more"),
        ("https://e.org/", "1 2 3 4 5 6 7 8 9 10 11", "#:~:text=1%202%203%204%205,7%208%209%2010%2011"),
        ("https://e.org/#top", "Words", ""),
        ("https://e.org/", "", ""),
    ],
)
def test_the_original_is_opened_at_the_quote(url, quote, fragment):
    assert reading.text_fragment(url, quote) == fragment


def test_no_answer_names_the_words_no_article_has_and_the_nearest_passages():
    near = citation(number=None)
    answer = Answer("Who?", "Who?", "no_answer", near_misses=(near,), missing_words=("xylophone",))
    html = "".join(render.answer_html(answer))
    assert 'class="cite"' not in html
    text = Page(html).text
    assert text.startswith("The articles don’t answer this.No article has “xylophone”.")
    nearest, tries = text.split("What you can try")
    assert nearest.endswith("Repairs cost 41 million euros.Bridge reopens The Gazette, 26 June 2023, English")
    assert tries.startswith("Use other words for those that no article has.") and "without the filter" not in tries
    assert Page(html).named("a")[0]["href"] == quotes.address(near)
    assert ":0:" in quotes.address(near)


def test_the_source_shows_the_quote_marked_and_the_other_quotes_faintly():
    mark = Span(citation().start, citation().end)
    other = citation("Tolls paid.", 2)
    html = reading.source_html(BRIDGE, quotes.Finding(mark), [Span(other.start, other.end)])
    page = Page(html)
    assert page.marked == [("main", QUOTE), ("also-quoted", "Tolls paid.")]
    assert page.named("h2") == [{"class": "title", "tabindex": "-1", "lang": "en", "dir": "ltr"}]
    assert page.text.count("Bridge reopens") == 1  # the first paragraph is the heading
    assert "The Gazette, 26 June 2023, English" in page.text
    assert "<p>The bridge reopened on Monday.\nIt was closed.</p>" in html


def test_pages_of_a_pdf_are_named_between_the_paragraphs_in_the_footnote_and_when_copied():
    paged = replace(BRIDGE, leaves=(0, TEXT.index("It was"), TEXT.index("Repairs"), TEXT.index("Repairs"), len(TEXT)))
    cited = citation(of=paged)
    mark = Span(cited.start, cited.end)
    html = reading.source_html(paged, quotes.Finding(mark, "unchanged"), (), cited)
    breaks = [
        (attributes["aria-label"], attributes["data-page"])
        for attributes in Page(html).named("span")
        if "role" in attributes
    ]
    assert (breaks, [d["data-page"] for d in Page(html).named("div") if "role" in d]) == (
        [("Page 2", "p. 2")],
        ["p. 4"],
    )
    assert Page(html).text.count("The bridge reopened on Monday.\nIt was closed.") == 1  # no number in the text
    assert "(Bridge reopens, The Gazette, 26 June 2023, p. 4, saved/bridge.html)" in html.replace("&#x27;", "'")
    assert "26 June 2023, English, p. 4" in Page("".join(render.answer_html(answered(cited)))).text
    across = Span(TEXT.index("The bridge"), cited.end)
    assert typeset.pages_of(paged, [across]) == "pp. 1, 2, 3, 4"
    assert typeset.pages_of(paged, [across], Say("vi")) == "tr. 1, 2, 3, 4"
    assert typeset.pages_of(BRIDGE, [across]) == ""


ALSO_41 = ("also-quoted", " 41")


@pytest.mark.parametrize(
    ("mark", "others", "expected"),
    [
        ("It was closed.\n\nRepairs", [], [("main", "It was closed."), ("main", "Repairs")]),
        ("Repairs cost", ["cost 41"], [("main", "Repairs cost"), ALSO_41]),
        ("cost", ["Repairs cost 41"], [("also-quoted", "Repairs "), ("main", "cost"), ALSO_41]),
        ("Bridge reopens", [], [("main", "Bridge reopens")]),
        ("cost", ["cost"], [("main", "cost")]),
    ],
)
def test_marks_keep_their_words_across_paragraphs_and_where_they_overlap(mark, others, expected):
    spans = [Span(TEXT.index(part), TEXT.index(part) + len(part)) for part in (mark, *others)]
    html = reading.source_html(BRIDGE, quotes.Finding(spans[0]), spans[1:])
    assert Page(html).marked == expected


def place_of(cited: Citation) -> quotes.Address:
    return quotes.Address("a1", Span(cited.start, cited.end), BRIDGE.content_hash[:12])


def test_a_quote_in_the_unchanged_article_is_marked_where_it_was_cited():
    place = place_of(citation())
    assert quotes.find_quote(BRIDGE, place, QUOTE) == quotes.Finding(place.span, "unchanged")


def test_a_quote_that_moved_is_marked_where_it_stands_now_and_nearest():
    moved = article(f"{QUOTE} First.\n\n" + TEXT)
    finding = quotes.find_quote(moved, place_of(citation()), QUOTE)
    assert finding.fate == "moved"
    assert moved.text[finding.mark.start : finding.mark.end] == QUOTE
    assert finding.mark.start > 20  # the later of the two is nearer to where it was


def test_a_quote_that_is_gone_or_unknown_marks_nothing():
    changed = article(TEXT.replace("41", "43"))
    edited = quotes.find_quote(changed, place_of(citation()), QUOTE)
    assert (edited.mark, edited.fate) == (None, "edited")
    assert changed.text[edited.alike.start : edited.alike.end] == "Repairs cost 43 million euros."
    assert quotes.find_quote(article("Other things altogether."), place_of(citation()), QUOTE).alike is None
    assert quotes.find_quote(changed, place_of(citation()), None) == quotes.Finding(fate="edited")
    assert quotes.find_quote(None, place_of(citation()), QUOTE) == quotes.Finding(fate="removed")
    kept = Page(reading.source_html(changed, quotes.Finding(fate="edited"), (), citation()))
    assert kept.marked == [("main", QUOTE)]


class Shelf:
    def __init__(self, *articles: Article):
        self._articles = {a.id: a for a in articles}
        self.article = self._articles.get

    def articles(self):
        return list(self._articles.values())

    def is_current(self, id):
        return True


def drawer(shelf: Shelf, *answers: Answer) -> Page:
    return Page(sources.source_of(shelf, "a1", place_of(citation()), "c", answers)[1])


def test_the_drawer_finds_the_kept_quote_in_the_conversation():
    answer = answered(citation(), citation("Tolls paid.", 2))
    unchanged, removed = drawer(Shelf(BRIDGE), answer), drawer(Shelf(), answer)
    assert unchanged.marked == [("main", QUOTE), ("also-quoted", "Tolls paid.")]
    assert removed.marked == [("main", QUOTE)]
    assert reading.REMOVED in removed.text and "Bridge reopens" in removed.text
    assert "Not available" in drawer(Shelf()).text


def test_an_article_that_got_another_id_is_found_by_its_content_or_its_path():
    answer = answered(citation())
    assert drawer(Shelf(replace(BRIDGE, id="b2", path="else.txt"))).marked == [("main", QUOTE)]
    changed = article(TEXT.replace("Tolls", "Fees"), id="b2")
    assert drawer(Shelf(changed), answer).marked == [("main", QUOTE)]
    assert reading.CHANGED in drawer(Shelf(changed), answer).text
    assert "Not available" in drawer(Shelf(replace(changed, path="else.txt"))).text


def test_only_web_addresses_become_links():
    def links(url):
        return Page(reading.source_html(replace(BRIDGE, url=url))).named("a")

    assert [a["href"] for a in links("https://example.org/a?b=1&c=2")] == ["https://example.org/a?b=1&c=2"]
    for url in ("javascript:alert(1)", "data:text/html,x", "file:///etc", "//host", "http://[", "", None):
        assert links(url) == []


def test_right_to_left_articles_say_so():
    html = reading.source_html(replace(BRIDGE, language="ar"))
    assert '<div class="text" lang="ar" dir="rtl">' in html
    assert "Arabic" in html


@pytest.mark.parametrize(
    ("language", "name", "attributes"),
    [
        ("vi", "Vietnamese", ' lang="vi" dir="ltr"'),
        ("he", "Hebrew", ' lang="he" dir="rtl"'),
        ("qq", "qq", ' dir="auto"'),
        ('"><b>', '"><b>', ' dir="auto"'),
    ],
)
def test_languages_are_named_in_english(language, name, attributes):
    assert (typeset.language_name(language), typeset.language_attributes(language)) == (name, attributes)


def test_dates_are_written_out_and_odd_ones_left_alone():
    assert typeset.readable_date("2023-06-26") == "26 June 2023"
    assert typeset.readable_date("26 Jun") == "26 Jun"


def test_nothing_from_outside_becomes_markup():
    tricks = article(
        f"{HOSTILE}\n\nA {HOSTILE} sentence. Another {HOSTILE} one.",
        url="https://e.org/" + HOSTILE,
        **dict.fromkeys(("id", "path", "title", "publisher", "author", "published", "language"), HOSTILE),
        **dict.fromkeys(("content_hash", "state"), HOSTILE),
    )
    cited = citation(f"A {HOSTILE} sentence.", 1, tricks)
    cited = replace(cited, span=(cited.start + 2, cited.end - 10))
    answer = replace(answered(cited), search_question=HOSTILE, warnings=(HOSTILE,))
    refused = Answer(HOSTILE, HOSTILE, "no_answer", near_misses=(cited,), missing_words=(HOSTILE,))
    screens = [
        "".join(render.answer_html(answer)),
        "".join(render.answer_html(refused)),
        render.turn_html(HOSTILE, []),
        render.error_html(HOSTILE),
        reading.source_html(tricks, quotes.Finding(Span(cited.start, cited.end), "moved"), (), cited),
        reading.source_html(tricks, quotes.Finding(None, "edited", Span(0, 9)), (), cited),
        "".join(
            render.answer_html(
                answer,
                turn=Turn(HOSTILE, 0),
                checks=[
                    quotes.Check(cited, tricks, quotes.Finding(fate="edited", alike=Span(cited.end, len(tricks.text))))
                ],
            )
        ),
        archive.conversations_page([Heading(HOSTILE, HOSTILE, HOSTILE, HOSTILE)], HOSTILE),
        frame.welcome_html(1, 1, [HOSTILE]),
        frame.conversation_links([Heading(HOSTILE, HOSTILE, HOSTILE, HOSTILE)]),
        sources.sources_page(
            Listing(
                Counts(12, (("2023-01", 1), ("2023-02", 2)), ((HOSTILE, 2), ("Other", 1))),
                1,
                (Listed(tricks, 3, "2023-01-01T00:00:00+00:00", tricks), Listed(tricks)),
                2,
                (Failure(HOSTILE, HOSTILE),),
            ),
            Totals(12, 2, (HOSTILE,), (HOSTILE,), ("copy",)),
            sources.Choice("img"),
            HOSTILE,
        ),
        sources.article_page(tricks, reading.source_html(tricks)),
    ]
    known = (
        "html head title meta link body header main nav form label input button p h1 h2 a ul ol li span "
        "b bdi div article section time mark blockquote table thead tbody tr th td script code details summary del ins "
        "fieldset legend svg path rect figure figcaption select option datalist dialog dl dt dd kbd h3"
    )
    for html in screens:
        page = Page(html)
        assert page.named("script") in ([], [{"src": "footnote/page.js", "defer": None}])
        assert {tag for tag, _ in page.elements} <= set(known.split())
        assert not [name for _, a in page.elements for name in a if name.startswith("on")]
        assert HOSTILE.split()[0] in page.text


def test_commands_in_an_error_are_set_as_code():
    html = render.error_html("The port <b> is taken. Run `footnote serve --port 7861`.")
    assert html == (
        '<div class="error"><p>The port &lt;b&gt; is taken. Run <code>footnote serve --port 7861</code>.</p></div>'
    )


def test_an_empty_library_explains_itself():
    assert Page(frame.welcome_html(0, 2, [])).text == (
        "This library has no articles yet: run footnote index FOLDER on a folder of saved articles. "
        "(2 files that could not be used)"
    )
