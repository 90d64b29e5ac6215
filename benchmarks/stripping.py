"""Measure stripping on pages with known articles, beside what else one might use.

    python -m benchmarks.stripping PAGES.jsonl.gz [--html HTML]      the doors with the shipped weights, and the peers
    python -m benchmarks.stripping PAGES.jsonl.gz --folds FOLDS.npz  the figures that count: every page judged by
                                                                     weights that have not seen its site
    python -m benchmarks.stripping PAGES.jsonl.gz --folds FOLDS.npz --html HTML.jsonl.gz --worst 20

PAGES, HTML: see benchmarks/page_corpus.py; FOLDS: written by benchmarks/train_stripping.py. Peers (jusText; on HTML
trafilatura and resiliparse too) are run when installed. Only news pages count, as in the figures of docs/stripping.md.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from benchmarks.page_corpus import VARIANTS, Corpus, load_html, load_pages, read, repetition
from benchmarks.page_scores import PageScore, score_page, summary
from pipeline.clean import strip_corpus, strip_html
from pipeline.clean.decisions import decide
from pipeline.clean.model import Judgement
from pipeline.clean.page_features import PROSE_WORDS
from pipeline.clean.title import choose_titles

Keep = Callable[[str], list[str]]  # a page's text to its kept lines


def lines_of(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def c4_rules(text: str) -> list[str]:
    """The line rules of the C4 corpus (Raffel et al. 2020, section 2.2): five words and a final stop or quote."""
    return [
        line
        for line in lines_of(text)
        if len(line.split()) >= 5 and line.rstrip()[-1:] in '.!?"”’' and "javascript" not in line.lower()
    ]


def justext_lines(text: str) -> list[str]:
    from justext import get_stoplist
    from justext.core import PathInfo, classify_paragraphs, revise_paragraph_classification
    from justext.paragraph import Paragraph

    paragraphs = []
    for line in lines_of(text):
        paragraph = Paragraph(PathInfo().append("p"))
        paragraph.append_text(line)
        paragraphs.append(paragraph)
    classify_paragraphs(paragraphs, get_stoplist("English"))
    revise_paragraph_classification(paragraphs)
    return [p.text for p in paragraphs if not p.is_boilerplate]


def trafilatura_lines(html: str) -> list[str]:
    import trafilatura

    return lines_of(trafilatura.extract(html, include_comments=False) or "")


def resiliparse_lines(html: str) -> list[str]:
    from resiliparse.extract.html2text import extract_plain_text

    return lines_of(extract_plain_text(html, main_content=True, alt_texts=False))


def justext_paragraphs(html: str) -> list[str]:
    import justext

    return [p.text for p in justext.justext(html, justext.get_stoplist("English")) if not p.is_boilerplate]


def our_html(html: str) -> list[str]:
    text, blocks = strip_html(html.encode())
    return [text[b.start : b.end] for b in blocks if b.is_kept]


# By name: the module it needs ("" for none), and the function.
TEXT_PEERS: dict[str, tuple[str, Keep]] = {
    "nothing cut": ("", lines_of),
    "C4 line rules": ("", c4_rules),
    "jusText on lines": ("justext", justext_lines),
}
HTML_PEERS: dict[str, tuple[str, Keep]] = {
    "trafilatura": ("trafilatura", trafilatura_lines),
    "resiliparse": ("resiliparse", resiliparse_lines),
    "jusText": ("justext", justext_paragraphs),
    "strip_html, has seen them": ("", our_html),
}


def print_row(name: str, scores: list[PageScore], note: str = "") -> None:
    s = summary(scores)
    figures = "  ".join(f"{key} {value:.4f}" for key, value in s.items())
    print(f"{name:34s} {figures}  {note}", flush=True)


def peers(label: str, table: dict[str, tuple[str, Keep]], rows: list[dict], column: str) -> None:
    """One row of figures for each peer: what it keeps of the column of each page, and how fast."""
    for name, (module, keep) in table.items():
        if module and find_spec(module) is None:
            print(f"{label}: {name} not measured: pip install dramatis[bench]")
            continue
        keep(rows[0][column])  # loading is not counted
        began = time.process_time()
        kept = [keep(row[column]) for row in rows]
        speed = f"{len(rows) / (time.process_time() - began):.0f} pages/s and core"
        print_row(f"{label}: {name}", [_score(k, row) for k, row in zip(kept, rows, strict=True)], speed)


def shipped(path: Path, variant: str) -> None:
    rows = [row for row in read(path) if row["group"] == "news" and row.get(f"text_{variant}")]
    peers(variant, TEXT_PEERS, rows, f"text_{variant}")
    pages = [(row[f"text_{variant}"], row["url"]) for row in rows]
    strip_corpus(pages[:1])
    began = time.process_time()
    stripped = strip_corpus(pages)
    speed = f"{len(rows) / (time.process_time() - began):.0f} pages/s and core"
    kept = [[t[b.start : b.end] for b in page if b.is_kept] for (t, _), page in zip(pages, stripped, strict=True)]
    print_row(f"{variant}: strip_corpus, has seen them", [_score(k, r) for k, r in zip(kept, rows, strict=True)], speed)


def _score(kept: list[str], row: dict) -> PageScore:
    return score_page(kept, row["gold_text"], row["title"])


def cross_validated(corpora: list[Corpus], folds: Path, worst: int) -> None:
    stored = np.load(folds)
    for corpus in corpora:
        name = f"{corpus.variant}_{'alone' if corpus.alone else 'outlet'}"
        last = stored[f"{name}_{'markup' if corpus.markups else 'second'}"]
        title = stored[f"{name}_title"]
        judgement = Judgement(choose_titles(corpus.batch, title), title, last)
        share, _ = repetition(corpus)
        verdicts = decide(corpus.batch, judgement, share)
        kept = np.array([is_kept for _, is_kept, _, _ in verdicts])
        news = [i for i, row in enumerate(corpus.rows) if corpus.markups or row["group"] == "news"]
        first, lines = corpus.batch.pages.first, corpus.batch.pages.lines
        scores = {i: _score([lines[k] for k in range(first[i], first[i + 1]) if kept[k]], corpus.rows[i]) for i in news}
        of_news = np.isin(corpus.page, news)
        drop = f"{dropped(kept, corpus.labels):.4f}, of news {dropped(kept[of_news], corpus.labels[of_news]):.4f}"
        note = f"title kept {kept[corpus.labels == 2].mean():.4f}  drop f1 {drop}"
        print_row(f"{corpus.variant}{', alone' if corpus.alone else ''}", list(scores.values()), note)
        if worst and not corpus.alone:
            errors(corpus, kept, verdicts)
            sites(corpus, scores, worst)


def dropped(kept: np.ndarray, labels: np.ndarray) -> float:
    """F1 of the lines cut, against those that are neither article nor title."""
    right, wrong, left = (~kept & (labels == 0)).sum(), (~kept & (labels == 1)).sum(), (kept & (labels == 0)).sum()
    return float(2 * right / max(2 * right + wrong + left, 1))


def errors(corpus: Corpus, kept: np.ndarray, verdicts: list) -> None:
    """Lines lost and left on news pages: where they stand, how long they are, and what decided.

    A lost line is above, inside or below what was kept of its page; a left one so of the article.
    """
    words = corpus.batch.words.per_line
    news = np.array([row["group"] == "news" for row in corpus.rows])[corpus.page]
    article = corpus.labels == 1
    for what, wrong, extent in (("lost", ~kept & article, kept), ("left", kept & (corpus.labels == 0), article)):
        before, whole = corpus.batch.sum_before(extent), corpus.batch.page_sum(extent)
        place = np.select([before == 0, before == whole], ["above", "below"], "inside")
        length = np.where(words >= PROSE_WORDS, "prose", "short")
        lines = np.flatnonzero(wrong & news)
        groups = Counter(f"{length[line]} {place[line]}" for line in lines.tolist())
        for group, n_lines in groups.most_common():
            these = [line for line in lines.tolist() if f"{length[line]} {place[line]}" == group]
            on, said = len(set(corpus.page[these].tolist())), int(words[these].sum())
            print(f"    {what}: {group}: {n_lines} lines, {said} words, on {on} pages")
        count: Counter[str] = Counter()
        for line in lines.tolist():
            count[f"{verdicts[line][0]} by {verdicts[line][2]}"] += int(words[line])
        print(f"    words {what}: " + ", ".join(f"{name} {n}" for name, n in count.most_common(12)))


def sites(corpus: Corpus, scores: dict[int, PageScore], worst: int) -> None:
    """The sites that score lowest, and those that would do better with nothing cut."""
    of_site, uncut = defaultdict(list), defaultdict(list)
    for i, score in scores.items():
        of_site[corpus.rows[i]["domain"]].append(score)
        text = corpus.rows[i][f"text_{corpus.variant}"]
        uncut[corpus.rows[i]["domain"]].append(_score(lines_of(text), corpus.rows[i]))
    ranked = sorted(of_site, key=lambda site: summary(of_site[site])["f1"])
    for site in ranked[:worst]:
        print_row(f"    {site} ({len(of_site[site])})", of_site[site], f"nothing cut {summary(uncut[site])['f1']:.4f}")
    worse = [s for s in ranked if summary(of_site[s])["f1"] < summary(uncut[s])["f1"] - 0.005]
    print(f"    sites worse than with nothing cut: {len(worse)} of {len(ranked)}: {' '.join(worse)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--folds", type=Path)
    parser.add_argument("--worst", type=int, default=0, help="also list the errors by kind and so many worst sites")
    parser.add_argument("--variant", choices=VARIANTS)
    parser.add_argument("--html", type=Path, help="also the figures of a file of HTML")
    args = parser.parse_args()
    chosen = [args.variant] if args.variant else list(VARIANTS)
    if args.folds:
        corpora = [c for c in load_pages(args.pages) if c.variant in chosen]
        corpora += [load_html(args.html, args.pages)] if args.html else []
        cross_validated(corpora, args.folds, args.worst)
    else:
        for variant in chosen:
            shipped(args.pages, variant)
        if args.html:
            peers("HTML", HTML_PEERS, read(args.html), "html")


if __name__ == "__main__":
    main()
