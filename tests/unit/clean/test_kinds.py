"""What a line is called: who reads `blocks` wants to know why a line was cut, and which of the kept ones is what."""

from pipeline.clean import strip

STORY = [
    "The council of Brimla voted on Tuesday to rebuild the old ferry pier, which a storm tore away eleven years ago.",
    "Work will begin in spring, said Leyla Haddadi, who leads the harbour office, and should take fourteen months.",
    "Fishermen had asked for a new pier since the winter of the storm, and some of them came to watch the vote.",
    "The cost, she said, would be shared between the town, the province and the two companies that run the ferries.",
]


def kinds(*lines: str) -> dict[str, str]:
    text = "\n".join(lines)
    return {text[block.start : block.end]: block.kind for block in strip(text)}


def test_a_trail_of_sections_is_navigation():
    found = kinds("Home › Region › Harbours", "Brimla to rebuild its ferry pier", *STORY)
    assert found["Home › Region › Harbours"] == "navigation"


def test_a_date_in_numbers_is_no_counter_and_a_reading_time_no_date():
    found = kinds("Brimla to rebuild its ferry pier", "2023-11-08", "4 min read", "318", *STORY)
    assert (found["2023-11-08"], found["4 min read"], found["318"]) == ("timestamp", "counter", "counter")


def test_dates_below_the_comments_are_theirs():
    comments = ["2 Comments", "Leave a comment", "March 9, 2023 at 2:14 pm", "Reply", "Email *"]
    found = kinds("Brimla to rebuild its ferry pier", "March 8, 2023", *STORY, *comments)
    assert found["March 8, 2023"] == "timestamp"
    assert found["March 9, 2023 at 2:14 pm"] == "comment_form"
    assert found["2 Comments"] == "counter"
    assert found["Email *"] == "comment_form"


def test_a_credited_line_is_a_caption():
    line = "Leyla Haddadi shows where the old pier stood. Photograph: Ines Calloway"
    assert kinds("Brimla to rebuild its ferry pier", line, *STORY)[line] == "caption"


def test_a_short_question_above_its_answer_is_a_subheading():
    assert kinds("The pier of Brimla", *STORY[:2], "Who pays for it?", *STORY[2:])["Who pays for it?"] == "subheading"
