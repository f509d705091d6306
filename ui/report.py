"""A run of `footnote eval` as one HTML file with its plots, for people to read and to keep."""

from collections.abc import Sequence
from html import escape
from typing import Any

from qa.evaluate import DEPTH, Comparison, Outcome, Row, row, summary

_STYLE = """
:root { color-scheme: light dark; --ink: #1f1d1a; --soft: #6b655b; --paper: #faf8f3; --line: #d9d3c5; --one: #8a2419;
  --two: #2f6b8f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e9e4da; --soft: #a59d8f; --paper: #171614; --line: #3a3731;
  --one: #e0705f; --two: #7bb4d6; } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 0 auto;
  max-width: 62rem; padding: 2rem 1.25rem; }
h1, h2 { font-family: Georgia, serif; line-height: 1.2; } h2 { margin-top: 2.5rem; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: start; padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.number { text-align: end; font-variant-numeric: tabular-nums; }
figure { margin: 1.5rem 0; } figcaption { color: var(--soft); font-size: .9rem; }
svg { width: 100%; height: auto; max-width: 44rem; } svg text { font: 12px system-ui, sans-serif; fill: var(--ink); }
.one { fill: var(--one); stroke: var(--one); } .two { fill: var(--two); stroke: var(--two); }
line, .axis { stroke: var(--line); } polyline { fill: none; stroke-width: 2; }
"""

_GROUPS = (
    ("Retrieval", (*(f"hit_at_{k}" for k in (1, 3, 5, DEPTH)), "mrr", "ndcg_at_10")),
    (
        "Answer",
        ("answerable", "answered_right", "gold_in_answer", "right_article_cited", "words_shown", "offsets_exact"),
    ),
    ("Refusal", ("unanswerable", "refused_right", "false_answers", "false_refusals", "area_under_curve")),
    ("Latency", ("seconds_median", "seconds_p95")),
)  # fmt: skip


def table(figures: dict[str, Any]) -> list[tuple[str, list[tuple[str, Any]]]]:
    """The figures of a summary under their headings, each with a readable name."""
    named = {name for _, names in _GROUPS for name in names}
    model = [name for name in figures if name not in named and name not in ("questions", "stages")]
    groups = [*_GROUPS, *([("Model", model)] if model else [])]
    stages = [(f"{stage} {kind}", value) for stage, own in figures["stages"].items() for kind, value in own.items()]
    return [
        *((heading, [(name.replace("_", " "), figures[name]) for name in names]) for heading, names in groups),
        ("Latency by stage", stages),
    ]


def report_html(outcomes: Sequence[Outcome], threshold: float, compared: Comparison | None = None) -> str:
    """The whole page; nothing in it is fetched from elsewhere."""
    figures, rows = summary(outcomes), [row(outcome) for outcome in outcomes]
    sections = [
        f"<h1>Footnote on {len(outcomes):,} questions</h1>",
        *(f"<h2>{heading}</h2>{_table([], own)}" for heading, own in table(figures)),
        _figure("Questions whose right passage is among the first k", _hits(rows)),
        _figure("The probability that the articles answer, of questions that they do answer (above) and do not "
                f"(below); the line is the threshold, {threshold:g}", _probabilities(rows, threshold)),
        _figure("False answers and false refusals at other thresholds", _thresholds(rows)),
        _figure("Median seconds by stage", _stages(figures["stages"])),
        _wrong(outcomes),
    ]  # fmt: skip
    if compared:
        sections.insert(1, _comparison(compared))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width, initial-scale=1"><title>Footnote: evaluation</title><style>{_STYLE}</style>'
        f"</head><body>{''.join(sections)}</body></html>\n"
    )


def change_text(old: Row, new: Row) -> str:
    """What became of a question, in a few words: "refused, now right; rank 3, now 1"."""
    told = [f"{_verdict(old)}, now {_verdict(new)}"] if _verdict(old) != _verdict(new) else []
    if old.rank != new.rank:
        told.append(f"rank {old.rank or 'none'}, now {new.rank or 'none'}")
    return "; ".join(told)


def _verdict(row: Row) -> str:
    if row.right:
        return "right"
    return "refused" if row.status == "no_answer" else "wrong"


def _table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    body = "".join(f"<tr>{''.join(map(_cell, cells))}</tr>" for cells in rows)
    return f"<table>{f'<thead><tr>{heads}</tr></thead>' if head else ''}<tbody>{body}</tbody></table>"


def _cell(value: Any) -> str:
    if isinstance(value, (int, float)):
        return f'<td class="number">{value if isinstance(value, int) else f"{value:g}"}</td>'
    return f'<td dir="auto">{escape("–" if value is None else str(value))}</td>'


def _figure(caption: str, drawing: str) -> str:
    return f"<figure>{drawing}<figcaption>{escape(caption)}.</figcaption></figure>" if drawing else ""


def _svg(width: int, height: int, parts: Sequence[str], label: str) -> str:
    return f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{escape(label)}">{"".join(parts)}</svg>'


def _text(x: float, y: float, text: str, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _bar(x: float, y: float, width: float, height: float, kind: str = "one") -> str:
    return f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"/>'


def _hits(rows: Sequence[Row]) -> str:
    present = [r for r in rows if r.answerable]
    if not present:
        return ""
    shares = [sum(bool(r.rank and r.rank <= k) for r in present) / len(present) for k in range(1, DEPTH + 1)]
    parts = []
    for i, share in enumerate(shares):
        x = 20 + i * 58
        parts += [_bar(x, 160 - 130 * share, 40, 130 * share), _text(x + 20, 178, str(i + 1))]
        parts.append(_text(x + 20, 152 - 130 * share, f"{share:.2f}"))
    return _svg(620, 190, parts, "Hit rate at 1 to 10")


def _probabilities(rows: Sequence[Row], threshold: float) -> str:
    if not rows:
        return ""
    counts = {kind: [0] * 20 for kind in (True, False)}
    for r in rows:
        counts[r.answerable][min(19, int(r.probability * 20))] += 1
    most = max(max(own) for own in counts.values())
    parts = ['<line x1="10" x2="610" y1="110" y2="110"/>']
    for i in range(20):
        up, down = (counts[kind][i] / most * 85 for kind in (True, False))
        parts += [_bar(12 + 30 * i, 110 - up, 26, up, "two"), _bar(12 + 30 * i, 110, 26, down, "one")]
    x = 10 + 600 * threshold
    parts.append(f'<line class="one" x1="{x:.1f}" x2="{x:.1f}" y1="14" y2="206"/>')
    parts += [_text(10 + 120 * i, 222, f"{i / 5:g}") for i in range(6)]
    return _svg(620, 230, parts, "Probabilities of answerable and unanswerable questions")


def _thresholds(rows: Sequence[Row]) -> str:
    present = [r.probability for r in rows if r.answerable]
    absent = [r.probability for r in rows if not r.answerable]
    if not present or not absent:
        return ""
    steps = [i / 50 for i in range(51)]
    lines = (
        ("one", "false answers", [sum(p >= t for p in absent) / len(absent) for t in steps]),
        ("two", "false refusals", [sum(p < t for p in present) / len(present) for t in steps]),
    )
    parts = ['<line x1="40" x2="600" y1="170" y2="170"/>']
    parts += [_text(40 + 112 * i, 188, f"{i / 5:g}") for i in range(6)]
    parts += [_text(34, 174 - 150 * share, f"{share:g}", "end") for share in (0, 0.5, 1)]
    for kind, name, values in lines:
        points = " ".join(f"{40 + 560 * t:.1f},{170 - 150 * v:.1f}" for t, v in zip(steps, values, strict=True))
        parts.append(f'<polyline class="{kind}" style="fill:none" points="{points}"/>')
        parts += [
            _bar(250, 12 if kind == "one" else 30, 12, 8, kind),
            _text(268, 20 if kind == "one" else 38, name, "start"),
        ]
    return _svg(620, 196, parts, "False answers and false refusals by threshold")


def _stages(stages: dict[str, dict[str, float | None]]) -> str:
    known = [(name, own["median"]) for name, own in stages.items() if own["median"] is not None]
    longest = max((value for _, value in known), default=0)
    if not longest:
        return ""
    parts = []
    for i, (name, value) in enumerate(known):
        width = 380 * value / longest
        parts += [_text(110, 26 + 28 * i, name, "end"), _bar(120, 12 + 28 * i, width, 18, "two")]
        parts.append(_text(126 + width, 26 + 28 * i, f"{value:.4f}", "start"))
    return _svg(620, 20 + 28 * len(known), parts, "Median seconds by stage")


def _wrong(outcomes: Sequence[Outcome]) -> str:
    rows = []
    for outcome in outcomes:
        if not outcome.right:
            wanted = " + ".join(" | ".join(group) for group in outcome.gold.groups) or "no answer"
            got = " … ".join(citation.quote for citation in outcome.answer.citations) or "no answer"
            rows.append((outcome.gold.question.id, outcome.gold.question.text, wanted, got))
    return f"<h2>What went wrong</h2>{_table(('id', 'question', 'wanted', 'got'), rows)}" if rows else ""


def _comparison(compared: Comparison) -> str:
    figures = [(name.replace("_", " "), old, new) for name, old, new in compared.figures]
    parts = [f"<h2>Compared with the run before, on {compared.compared:,} questions</h2>"]
    parts.append(_table(("figure", "before", "now"), figures))
    for heading, changes in (("Better", compared.better), ("Worse", compared.worse)):
        rows = [(c.new.id, c.new.question, change_text(c.old, c.new)) for c in changes]
        parts.append(f"<h2>{heading}: {len(rows)}</h2>{_table(('id', 'question', 'change'), rows) if rows else ''}")
    return "".join(parts)
