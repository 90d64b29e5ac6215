"""Look-alikes of the news that are two."""

from tests.unit.resolve.marked_texts import entities


def test_names_that_one_text_writes_often_are_two_people() -> None:
    twice = "[Jarvan Tallow|PERSON] won. [Jarven Tallow|PERSON] lost. "
    [found] = entities(twice * 2)
    assert len(set(found)) == 2
    [[slip, name, again]] = entities(twice + "[Jarven Tallow|PERSON] left.")
    assert slip == name == again


def test_given_names_that_begin_unlike_in_one_text_are_two_people() -> None:
    [[a, b]] = entities("[Johnny Quillfeather|PERSON] is the uncle of [Tony Quillfeather|PERSON].")
    assert a != b


def test_a_body_and_what_is_of_it_are_two() -> None:
    for body, other in (
        ("University of Sundby", "University of Sundby Medical Center"),
        ("Sundby Mail", "Sundby Mail TV"),
        ("Tallow Band GT3", "Tallow Band ST3"),
        ("Tallow Technologies", "Tallow Technologies World"),
        ("ESST Scholarships", "SST Scholarships"),
        ("Norwegian National Committee", "Norwegian National Senate Committee"),
    ):
        [[a, b]] = entities(f"[{body}|ORG] and then [{other}|ORG].")
        assert a != b, body


def test_what_is_named_after_a_person_is_not_that_person() -> None:
    [[a, b]] = entities("[Edith Tallow|PERSON] founded it. The [Edith Tallow Award|PERSON] went to a baker.")
    assert a != b
