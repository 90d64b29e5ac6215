"""A name stands in one line: lines are blocks, and a mention belongs to one block."""

from pipeline.entities.correct import within_its_line
from pipeline.entities.document import document_of_text
from pipeline.entities.join import join_names
from pipeline.entities.mention import Mention

TEXT = "Leyla Haddadi\n\nal Marwani was not there."


def place(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def test_a_particle_on_the_next_line_joins_nothing():
    document = document_of_text(TEXT)
    first = Mention(*place("Leyla Haddadi"), "PERSON", "model")
    second = Mention(*place("Marwani"), "PERSON", "model")
    for mentions in ([first], [first, second]):
        assert all("\n" not in TEXT[m.start : m.end] for m in join_names(document, mentions))


def test_what_runs_over_the_end_of_its_line_is_cut_there():
    document = document_of_text(TEXT)
    over = Mention(0, TEXT.index("Marwani") + 7, "PERSON", "model")
    kept = within_its_line(document, over)
    assert TEXT[kept.start : kept.end] == "Leyla Haddadi"
    whole = Mention(*place("Leyla Haddadi"), "PERSON", "model")
    assert within_its_line(document, whole) == whole
