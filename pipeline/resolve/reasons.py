"""A comparison in plain words."""

from __future__ import annotations

from pipeline.resolve.names import INITIAL, Name
from pipeline.resolve.phonetics import phone, skeleton
from pipeline.resolve.token_similarity import token_scores


def _pair_words(a: str, b: str, score: float) -> str:
    if a == b:
        return f"both have {a}"
    if phone(a) == phone(b):
        return f"{a} / {b} sound alike"
    if skeleton(a) == skeleton(b):
        return f"{a} / {b} differ in vowels only (consonants {skeleton(a).lower()})"
    return f"{a} / {b} are spelled alike ({score:.2f})"


def reasons(a: Name, b: Name) -> list[str]:
    """What speaks for and against two names being one, part by part."""
    short, full = sorted((a, b), key=lambda n: len(n.parts))
    if short.is_acronym and short.key in full.acronyms:
        return [f"{short.surface} spells the initials of {full.surface}"]
    combos = [(x, y) for x in short.parts for y in full.parts]
    score = dict(zip(combos, token_scores(*zip(*combos, strict=True)).tolist(), strict=True))
    words, rest_a, rest_b = [], list(short.parts), list(full.parts)
    while rest_a and rest_b:
        x, y = max(((p, q) for p in rest_a for q in rest_b), key=lambda pq: score[pq])
        if score[x, y] < 0.5:
            break
        words.append(_pair_words(x, y, score[x, y]))
        rest_a.remove(x)
        rest_b.remove(y)
    initials = {p for n in (a, b) for p, k in zip(n.parts, n.kinds, strict=True) if k == INITIAL}
    for x in list(rest_a):
        met = next((y for y in rest_b if (x in initials or y in initials) and x[0] == y[0]), None)
        if met:
            words.append(f"the initial {min(x, met, key=len).upper()}. fits {max(x, met, key=len)}")
            rest_a.remove(x)
            rest_b.remove(met)
    if rest_a and rest_b:
        words.append(f"{' '.join(rest_a)} and {' '.join(rest_b)} differ")
    elif rest_a or rest_b:
        words.append(f"only one has {' '.join(rest_a or rest_b)}")
    if a.suffix and b.suffix and a.suffix != b.suffix:
        words.append(f"{a.suffix} against {b.suffix}")
    return words
