"""The command line."""

from __future__ import annotations

import argparse
import io
import logging
import os
import sys
import time
import webbrowser
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import FootnoteError, UsageError
from index.library import Library
from index.types import Article
from qa.types import Answer, Question
from ui.indexing import Events, open_library, print_report, synced
from ui.output import (
    answer_json,
    article_json,
    citation_json,
    leaves_text,
    print_answer,
    print_calibration,
    print_evaluation,
    print_json,
    say,
)
from ui.records import only_complains, read_lines, read_questions, read_run
from ui.settings import Settings, load, write_threshold

if TYPE_CHECKING:
    from qa.rephrase import Rephrasing

DONE, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit status."""
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # whatever the locale; programs read it
    logging.basicConfig(level=logging.WARNING, format="footnote: %(message)s")
    options = _parser().parse_args(arguments)
    try:
        return options.run(options, load(options.home)) or DONE
    except UsageError as error:
        say(f"footnote: {error}")
        return WRONG_USAGE
    except FootnoteError as error:
        say(f"footnote: {error}")
        return FAILED
    except KeyboardInterrupt:
        say("footnote: stopped.")
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="footnote", description="Answers from your articles, every sentence with its exact quote.",
        epilog="Without a command: index, then serve.",
    )  # fmt: skip
    parser.add_argument("--home", type=Path, help="the library folder (default: FOOTNOTE_HOME, else ./.footnote)")
    parser.set_defaults(run=_start)
    commands = parser.add_subparsers(metavar="COMMAND")

    def command(name: str, run, help: str) -> argparse.ArgumentParser:
        own = commands.add_parser(name, help=help, description=help)
        own.set_defaults(run=run)
        return own

    own = command("index", _index, "make the index equal to the sources")
    own.add_argument("paths", nargs="*", metavar="PATH", help="files or folders to add to the sources")
    own.add_argument("--allow-empty", action="store_true", help="believe a source folder that is suddenly empty")
    own.add_argument("--rebuild", action="store_true", help="make everything anew, with the embedding configured now")
    own.add_argument("--retry", action="store_true", help="read files that failed again, though they have not changed")
    own.add_argument("--events", action="store_true", help="progress as JSON, one event a line, the report at the end")
    _json(own)
    command("watch", _watch, "follow the sources, and index what changes, until interrupted")
    own = command("ask", _ask, "answer a question from the articles")
    own.add_argument("question", nargs="?", metavar="QUESTION")
    own.add_argument("--batch", type=Path, metavar="FILE", help="questions as JSON Lines")
    _json(own)
    own = command("search", _search, "rank passages, without an answer")
    own.add_argument("query", nargs="?", metavar="QUERY")
    own.add_argument("-k", type=_positive, default=10, help="how many passages (default 10)")
    own.add_argument("--batch", type=Path, metavar="FILE", help="queries as JSON Lines")
    _json(own)
    own = command("show", _show, "print an article as it is indexed")
    own.add_argument("path", nargs="?", metavar="PATH")
    own.add_argument("--all", action="store_true", help="every article, one a line (with --json)")
    _json(own)
    _json(command("sources", _sources, "list the indexed articles and the files that failed"))
    own = command("forget", _forget, "drop a source from the index, never from the disk")
    own.add_argument("path", metavar="PATH")
    own = command("serve", _serve, "serve the chat in the browser")
    own.add_argument("--host", default="127.0.0.1", help="0.0.0.0 serves to the network, see docs/configuration.md")
    own.add_argument("--port", type=int, default=7860)
    own.add_argument("--watch", action=argparse.BooleanOptionalAction, default=True, help="follow the sources")
    own = command("check", _check, "compare sources, catalogue and vectors")
    own.add_argument("--repair", action="store_true", help="mend what disagrees")
    own = command("eval", _eval, "measure the library on questions with gold answers")
    own.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl")
    own.add_argument("--html", type=Path, metavar="FILE", help="write a report with plots")
    own.add_argument("--compare", type=Path, metavar="OLD.json", help="an earlier --json output: what got better")
    _json(own)
    own = command("verify", _verify, "check the quotes of a chat downloaded from the page against the library")
    own.add_argument("file", type=Path, metavar="FILE", help="as JSON or as one HTML page")
    _json(own)
    command("doctor", _doctor, "tell what is configured, and try the language model")
    own = command("calibrate", _calibrate, "measure false answers and refusals, and propose the threshold")
    own.add_argument("--questions", type=_positive, default=60, help="how many of each kind (default 60)")
    own.add_argument("--write", action="store_true", help="write the threshold to the library's footnote.toml")
    _json(own)
    return parser


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="machine output, one object a line")


def _positive(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError("must be a whole number, at least 1")
    return number


def _start(options: argparse.Namespace, settings: Settings) -> int:
    """`footnote` alone: index, then serve, and open the browser when there is one."""
    library = open_library(settings.index)
    report = synced(library, ())
    print_report(report)
    if report.left:
        return INTERRUPTED
    from ui.server import serve

    serve(library, on_ready=_open_browser, ask=_asking(settings), suggest=_suggesting(settings))
    return DONE


def _open_browser(url: str) -> None:
    if sys.stdout.isatty() and (
        sys.platform != "linux" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        webbrowser.open(url)


def _index(options: argparse.Namespace, settings: Settings) -> int:
    events = Events() if options.events else None
    library = open_library(settings.index, events.migrating if events else None)
    report = synced(
        library,
        options.paths,
        events,
        allow_empty=options.allow_empty,
        rebuild=options.rebuild,
        retry=options.retry,
    )
    counted = asdict(report)
    left = counted.pop("left")
    if events:
        print_json({"event": "report", **counted, "left": left})
    elif options.json:
        print_json(counted)
    else:
        print_report(report)
    if left:
        say(f"footnote: stopped; {left:,} files are left. `footnote index` goes on where it stopped.")
        return INTERRUPTED
    return FAILED if report.failed else DONE


def _watch(options: argparse.Namespace, settings: Settings) -> int:
    from index.watch import Watcher

    watcher = Watcher(_opened(settings), say)
    watcher.start()
    try:
        watcher.wait()
    finally:
        watcher.stop()
    return DONE


class Refused:
    """Says what is wrong with lines of a batch, whose others go on; `status` is that of the whole."""

    status = DONE

    def __call__(self, error: UsageError) -> None:
        say(f"footnote: {error}")
        self.status = FAILED


def _ask(options: argparse.Namespace, settings: Settings) -> int:
    from qa.understand import warm_up

    warm_up()
    library = _opened(settings)
    library.warm_up(vectors=options.batch is not None)
    from qa.ask import ask

    writer, refused = _writer(settings), Refused()
    for question in read_questions(options.question, options.batch, "question", refused):
        answer = ask(library, question, settings.answer.threshold, writer=writer)
        if options.json:
            print_json(answer_json(answer))
        else:
            print_answer(answer)
    return refused.status


def _search(options: argparse.Namespace, settings: Settings) -> int:
    from qa.retrieve import retrieve
    from qa.understand import understand

    library, refused = _opened(settings), Refused()
    for asked in read_questions(options.query, options.batch, "query", refused):
        started = time.perf_counter()
        understood = understand(asked.text, asked.history, library.catalog.languages())
        found = retrieve(library, understood, asked.filters, options.k)
        results = [
            {
                "rank": i + 1,
                "score": round(found.score(candidate), 4),
                "text": candidate.article.text[span.start : span.end],
                "start": span.start,
                "end": span.end,
                "article": article_json(candidate.article),
            }
            for i, candidate in enumerate(found.candidates)
            for span in [candidate.row.passage.span]
        ]
        seconds = round(time.perf_counter() - started, 4)
        if options.json:
            print_json({"id": asked.id, "query": asked.text, "results": results, "seconds": seconds})
            continue
        for result in results:
            print(f"{result['rank']:>3}. {result['article']['title']} ({result['article']['path']})")
            print(f"     {result['text'][:200]}")
    return refused.status


def _show(options: argparse.Namespace, settings: Settings) -> int:
    library = _opened(settings)
    if bool(options.path) == options.all:
        raise UsageError("Say which article: footnote show PATH, or footnote show --all.")
    articles: Iterable[Article] = library.catalog.full_articles()
    if options.path:
        wanted = os.path.normpath(options.path)
        real = os.path.realpath(options.path)
        articles = [
            library.article(article.id)
            for article in library.articles()
            if article.path == wanted or library.catalog.file_of(article.id) == real
        ]
        if not articles:
            raise FootnoteError(f"{options.path} is not in the library. `footnote sources` lists what is.")
    for article in articles:
        if options.json:
            print_json({**article_json(article), "text": article.text, "state": article.state})
        else:
            known = [article.publisher, article.author, article.published, article.language, article.path]
            print(f"{' · '.join(part for part in known if part)}\n\n{article.text}\n")
    return DONE


def _sources(options: argparse.Namespace, settings: Settings) -> int:
    library = _opened(settings)
    for article in library.articles():
        if options.json:
            print_json({**article_json(article), "state": article.state})
        else:
            known = [article.published or "no date", article.language or "?", article.publisher or "unknown publisher"]
            bare = f"; nothing could be read on {leaves_text(article.bare)}" if article.bare else ""
            print(f"{article.path}\n    {article.title}\n    {' · '.join(known)} · {article.state}{bare}")
    for failure in library.failures():
        if options.json:
            print_json(asdict(failure))
        else:
            print(f"{failure.path}\n    failed: {failure.error}")
    return DONE


def _forget(options: argparse.Namespace, settings: Settings) -> int:
    from index.sync import forget

    gone = forget(_opened(settings), options.path)
    say(f"{options.path}: {gone} articles dropped from the index; the files are untouched.")
    return DONE


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    from ui.server import serve

    library = open_library(settings.index)
    ask, suggest = _asking(settings), _suggesting(settings)
    serve(library, options.host, options.port, options.watch, ask=ask, suggest=suggest, hosts=settings.hosts)
    return DONE


def _asking(settings: Settings) -> Callable[[Library, Question], Iterator[Answer]]:
    from qa.ask import answers

    return partial(answers, threshold=settings.answer.threshold, writer=_writer(settings))


def _suggesting(settings: Settings) -> Callable[[Library], list[str]]:
    from qa.suggest import suggest

    return partial(suggest, threshold=settings.answer.threshold)


def _writer(settings: Settings) -> Rephrasing | None:
    """What rephrases the quotes; None where no model is configured."""
    from qa.model import open_model

    model = open_model(settings.llm)
    if model is None:
        return None
    from qa.rephrase import Rephrasing

    return Rephrasing(model)


def _doctor(options: argparse.Namespace, settings: Settings) -> int:
    """What is configured, whether the model answers, and how long that takes."""
    embedding = settings.embedding
    print(f"library    {settings.home}")
    print(f"embedding  {embedding.provider} {embedding.model or ''} {embedding.url or ''}".rstrip())
    llm = settings.llm
    if not llm.url and not llm.model:
        print("llm        none: answers are quotes")
        say("Set FOOTNOTE_LLM_URL and FOOTNOTE_LLM_MODEL to have the quotes rephrased.")
        return DONE
    print(f"llm        {llm.model} at {llm.url}, {'with' if llm.api_key else 'without'} a key, {llm.timeout:g} s")
    from qa.model import open_model

    model = open_model(llm)
    asked = [("user", "Which year follows 1998? Answer with the year alone.")]
    started = time.perf_counter()
    first, reply = None, ""
    for piece in model.stream("You answer briefly.", asked, llm.timeout, 16):
        first = first or (time.perf_counter() - started if piece else None)
        reply += piece
    if not reply.strip():
        raise FootnoteError(f"The model {llm.model} answers, but says nothing. Check its name and its chat template.")
    whole = time.perf_counter() - started
    print(f"           answers “{' '.join(reply.split())[:60]}”: first word {first:.2f} s, whole {whole:.2f} s")
    return DONE


def _check(options: argparse.Namespace, settings: Settings) -> int:
    from index.check import check, repair

    library = _opened(settings)
    problems = check(library)
    if problems and options.repair:
        for problem in problems:
            say(f"repairing: {problem}")
        repair(library)
        problems = check(library)
    for problem in problems:
        print(problem)
    if problems:
        advice = "The repair did not mend this." if options.repair else "Run `footnote check --repair`."
        say(f"footnote: sources, catalogue and vectors disagree. {advice}")
        return FAILED
    say(f"All is well: {library.catalog.article_count()} articles, {library.catalog.passage_count()} passages.")
    return DONE


def _eval(options: argparse.Namespace, settings: Settings) -> int:
    from qa.evaluate import compare, evaluate, read_gold, run_json
    from ui.report import report_html

    library = _opened(settings)
    before = _run_before(options.compare) if options.compare else None
    rows = list(read_lines(options.questions, "question", lambda row: None if only_complains(row) else read_gold(row)))
    golds = [gold for gold in rows if gold is not None]
    if len(golds) < len(rows):
        say(f"Left out, since they say what was wrong and not what is right: {len(rows) - len(golds)} of the rows.")
    if options.html:
        _write(options.html, "a", "")  # that it cannot be written is better known before the questions are asked
    from tqdm import tqdm

    with tqdm(golds, unit="question", disable=not sys.stderr.isatty(), file=sys.stderr, leave=False) as asked:
        outcomes = evaluate(library, asked, settings.answer.threshold, writer=_writer(settings))
    run = run_json(outcomes)
    compared = compare(before, run) if before is not None else None
    if options.json:
        print_json({**run, "compared": asdict(compared)} if compared else run)
    else:
        print_evaluation(outcomes, compared)
    if options.html:
        _write(options.html, "w", report_html(outcomes, settings.answer.threshold, compared))
    return DONE


def _run_before(path: Path) -> dict[str, Any]:
    """An earlier run, which `compare` can read."""
    from qa.evaluate import compare

    run = read_run(path)
    try:
        compare(run, run)
    except (KeyError, TypeError) as error:
        raise UsageError(f"{path} is not the output of `footnote eval --json` ({error}).") from error
    return run


def _write(path: Path, mode: str, text: str) -> None:
    try:
        with path.open(mode, encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise FootnoteError(f"{path} cannot be written ({error.strerror}).") from error


def _verify(options: argparse.Namespace, settings: Settings) -> int:
    from ui.export import read_citations
    from ui.quotes import check

    try:
        text = options.file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{options.file} cannot be read ({getattr(error, 'strerror', None) or error}).") from error
    cited = read_citations(text)
    library = _opened(settings)
    broken = 0
    for citation in cited:
        found = check(library, citation)
        fate = found.finding.fate or "misquoted"
        broken += fate not in ("unchanged", "moved")
        if options.json:
            print_json({**citation_json(citation), "state": fate, "now": found.now})
            continue
        print(f"{fate}: [{citation.number}] {citation.article.path}: “{citation.quote}”")
        if fate == "edited" and found.now:
            print(f"    now: “{found.now}”")
    say(f"{len(cited)} quotes: {len(cited) - broken} stand in their articles, {broken} do not.")
    return FAILED if broken else DONE


def _calibrate(options: argparse.Namespace, settings: Settings) -> int:
    from qa.calibrate import calibrate

    found = calibrate(_opened(settings), options.questions)
    if options.json:
        print_json({**asdict(found), "threshold": settings.answer.threshold})
    else:
        print_calibration(found, settings.answer.threshold)
    if not options.write:
        return DONE
    if found.proposed is None:
        reason = "No threshold keeps false answers that low" if found.enough else "There are too few articles"
        raise FootnoteError(f"{reason}, so none is proposed; nothing was written.")
    path = write_threshold(settings.home, found.proposed)
    say(f"{path}: [answer] threshold = {found.proposed:g}")
    if load(options.home).answer.threshold != found.proposed:
        say("It has no effect here: the environment or the footnote.toml of the current folder sets another.")
    return DONE


def _opened(settings: Settings) -> Library:
    """The library; it must be there and have been indexed."""
    if not (settings.home / "catalog.sqlite").is_file():
        raise FootnoteError(f"There is no library in {settings.home}. Run `footnote index PATH` first.")
    return open_library(settings.index)


if __name__ == "__main__":
    sys.exit(main())
