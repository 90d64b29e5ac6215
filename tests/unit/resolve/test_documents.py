"""Who is meant, from documents: surnames, acronyms, nationalities, lists."""

from pipeline.resolve import resolve
from pipeline.resolve.knowledge import KnownEntity, make_knowledge
from tests.unit.resolve.marked_texts import entities, marked


def test_a_surname_is_the_full_name_before_it() -> None:
    [[full, short]] = entities("[Edith Tallow|PERSON] spoke. Later Ms [Tallow|PERSON] left.")
    assert full == short


def test_a_surname_with_two_bearers_is_the_nearer_ones() -> None:
    [found] = entities(
        "[Edith Tallow|PERSON] spoke. [Tallow|PERSON] sat down. [Orrin Tallow|PERSON] rose. [Tallow|PERSON] left."
    )
    edith, first, orrin, second = found
    assert edith == first
    assert orrin == second
    assert edith != orrin


def test_a_surname_before_two_bearers_stays_open() -> None:
    [found] = entities("[Tallow|PERSON] won. [Edith Tallow|PERSON] and her brother [Orrin Tallow|PERSON] cheered.")
    assert len(set(found)) == 3


def test_an_acronym_means_the_name_that_its_document_gives() -> None:
    [[full, short], [alone]] = entities(
        "The [Harbour Canals Bureau|ORG] ([HCB|ORG]) met.", "Nobody at [HCB|ORG] answered."
    )
    assert full == short == alone


def test_an_acronym_in_brackets_may_leave_out_a_word() -> None:
    [[full, short], [alone]] = entities(
        "The [Medals and Harbour stamps Regulatory Office|ORG] ([MHRO|ORG]) met.", "Nobody at [MHRO|ORG] answered."
    )
    assert full == short == alone


def test_an_acronym_beside_a_name_of_hundreds_of_words_is_read_in_time() -> None:
    [[full, short]] = entities(f"The [{'A ' * 400}Bureau|ORG] ([AAAAAAAAZ|ORG]) met.")
    assert full != short


def test_the_spelling_used_most_is_looked_up() -> None:
    text = "[La|GPE] saw it. [LA|GPE] was quiet. From [Los Angeles|GPE] nothing was heard, nor from [LA|GPE]."
    [found] = entities(text)
    assert len(set(found)) == 1


def test_a_surname_that_ends_an_arabic_name_elsewhere_is_one() -> None:
    [[full, short]] = entities("[Marga Deen|PERSON] cooked. [Deen|PERSON] had learned it from her aunt.")
    assert full == short


def test_two_names_side_by_side_are_two_people() -> None:
    [[a, b], *_] = entities("[Qasim Behruzi|PERSON] and [Qassim Behrouzi|PERSON] signed.")
    assert a != b


def test_a_lone_surname_is_its_only_bearers() -> None:
    [[full], [alone]] = entities("[Qasim Behruzi|PERSON] spoke.", "[Behruzi|PERSON] was absent.")
    assert full == alone


def test_a_lone_surname_of_two_families_stays_open() -> None:
    [[a], [b], [alone]] = entities("[Qasim Behruzi|PERSON].", "[Laleh Behruzi|PERSON].", "[Behruzi|PERSON] was absent.")
    assert len({a, b, alone}) == 3


def test_countries_go_by_many_names_but_not_by_their_capital_or_people() -> None:
    [found] = entities("[US|GPE] [United States|GPE] [U.S.|GPE] [Washington|GPE] [Americans|NORP] [American|NORP]")
    assert found[0] == found[1] == found[2]
    assert found[3] != found[0]
    assert found[4] == found[5] != found[0]


def test_known_bodies_are_one_in_all_their_forms() -> None:
    [found] = entities(
        "[Revolutionary Guards|ORG] [IRGC|ORG] [Islamic Revolutionary Guard Corps|ORG] [Quds Force|ORG]"
        " [Hamas|ORG] [Islamic Resistance Movement|ORG] [Iran|GPE] [Islamic Republic of Iran|GPE]"
    )
    assert len(set(found[:3])) == 1
    assert found[3] not in found[:3]
    assert found[4] == found[5]
    assert found[6] == found[7]


def test_a_place_that_sounds_like_a_known_one_is_another() -> None:
    known = make_knowledge([KnownEntity("Larkovia", "GPE", None, ())])
    texts = [marked("[Larkovia|GPE] won."), marked("[Larcovia|GPE] lost."), marked("[Tilsaby|GPE] [Tilsabi|GPE]")]
    [[larkovia], [other], [one, two]] = resolve(texts, known)
    assert larkovia != other
    assert one == two


def test_bodies_with_one_unlike_telling_word_are_two_in_the_news() -> None:
    [[dredging], [hotel]] = entities(
        "[Sundby Estuary Dredging Company|ORG] dug.", "[Sundby Estuary Hotel Company|ORG] dug."
    )
    assert dredging != hotel


def test_a_couple_in_one_span_is_neither_of_the_two() -> None:
    [[one, other, couple]] = entities(
        "[Ulla Renswick|PERSON] sang. [Osk Quillfeather|PERSON] danced. [Ulla Renswick-Osk Quillfeather|PERSON] won."
    )
    assert len({one, other, couple}) == 3


def test_a_national_body_is_not_its_namesake() -> None:
    [[bank], [national]] = entities("[Bank of Larkovia|ORG] rose.", "[National Bank of Larkovia|ORG] fell.")
    assert bank != national


def test_numbered_events_are_two() -> None:
    [found] = entities("[Harbour War II|EVENT] was long. [Harbour War III|EVENT] was longer.")
    assert found[0] != found[1]


def test_a_document_without_mentions_has_an_empty_answer() -> None:
    assert resolve([("Nothing here.", [])]) == [[]]


def test_a_double_surname_with_particles_is_its_only_bearers() -> None:
    [[full], [alone]] = entities("[Wilma van der Ostrahove|PERSON] spoke.", "[Van der Ostrahove|PERSON] was absent.")
    assert full == alone


def test_a_bodys_first_word_is_the_only_body_that_begins_so() -> None:
    [[full], [alone]] = entities("[Quillfeather Bulk Carriers|ORG] lost.", "[Quillfeather|ORG] appealed.")
    assert full == alone


def test_a_first_word_that_two_bodies_or_a_family_bear_stays_open() -> None:
    for other in ("[Quillfeather Optics Society|ORG]", "[Edith Quillfeather|PERSON]", "[Quillfeather Bay|LOC]"):
        [[full], _, [alone]] = entities("[Quillfeather Bulk Carriers|ORG] lost.", other, "[Quillfeather|ORG] won.")
        assert full != alone


def test_a_word_of_a_bodys_kind_is_not_its_name() -> None:
    [[full], [alone]] = entities("[National Harbour Bureau|ORG] closed.", "[National|ORG] stayed open.")
    assert full != alone


def test_an_office_is_the_only_person_of_the_document_who_holds_it() -> None:
    [[full, office, other]] = entities(
        "[Prime Minister Edith Tallow|PERSON] spoke. The [Prime Minister|PERSON] left. A [Mayor|PERSON] waved."
    )
    assert full == office != other


def test_an_office_that_two_people_hold_stays_open_unless_the_country_tells() -> None:
    pair = "[French President Edith Tallow|PERSON] met [Iraqi President Qasim Behruzi|PERSON]."
    [[edith, qasim, iraqi]] = entities(f"{pair} The [Iraqi President|PERSON] left.")
    assert iraqi == qasim != edith
    [found] = entities(f"{pair} The [President|PERSON] left.")
    assert len(set(found)) == 3


def test_a_surname_that_stands_first_is_found() -> None:
    [[full], [alone]] = entities("[Pak Yong-jin|PERSON] spoke.", "[Mr. Pak|PERSON] was absent.")
    assert full == alone


def test_a_short_name_means_what_other_documents_explain() -> None:
    [[full, short], [alone]] = entities(
        "[Orsund Quillfeathers|ORG] won. [Quillfeathers|ORG] cheered.", "[Quillfeathers|ORG] lost."
    )
    assert full == short == alone


def test_a_short_name_that_other_documents_explain_in_two_ways_stays_open() -> None:
    *_, [alone] = entities(
        "[Orsund Quillfeathers|ORG] won. [Quillfeathers|ORG] cheered.",
        "[Sundby Quillfeathers|ORG] won. [Quillfeathers|ORG] cheered.",
        "[Quillfeathers|ORG] lost.",
    )
    assert alone not in _[0] + _[1]


def test_bodies_of_other_kinds_are_two_however_alike() -> None:
    [found] = entities(
        "[Quillfeather Harbour Bank|ORG] sued. Years before, [Quillfeather Harbour Police|ORG] had come."
    )
    assert len(set(found)) == 2


def test_a_surname_is_the_elders_unless_the_junior_was_named_before() -> None:
    [[elder], [lone, junior], [after, surname]] = entities(
        "[Orrin Tallow|PERSON] spoke.",
        "[Tallow|PERSON] smiled. His son [Orrin Tallow Jr.|PERSON] wept.",
        "[Orrin Tallow Jr.|PERSON] sang. [Tallow|PERSON] bowed.",
    )
    assert elder == lone != junior
    assert junior == after == surname


def test_a_junior_by_his_given_name_is_no_elder() -> None:
    [[elder, junior, given]] = entities(
        "[Orrin Tallow|PERSON] spoke. His son [Orrin Tallow Jr.|PERSON] wept. [Orrin Jr.|PERSON] left."
    )
    assert given == junior != elder
    [[elder, given]] = entities("[Orrin Tallow|PERSON] spoke. [Orrin Jr.|PERSON] wept.")
    assert given != elder


def test_knowledge_given_stands_in_the_place_of_the_shipped_file() -> None:
    documents = [marked("[Quillfeather Society|ORG] met [QFS Group|ORG] in [Mumbai|GPE], or [Bombay|GPE].")]
    known = make_knowledge([KnownEntity("Quillfeather Society", "ORG", spellings=("QFS Group",))])
    [[society, group, short, full]] = resolve(documents, known)
    assert society == group
    assert short != full


def test_a_body_named_by_its_kind_is_the_only_country_s_of_the_document() -> None:
    [[full, short]] = entities("The [Norwegian Air Force|ORG] flew. The [Air Force|ORG] gave no reason.")
    assert full == short
    [[first, second, short]] = entities(
        "The [Norwegian Air Force|ORG] and the [Danish Air Force|ORG] flew. The [Air Force|ORG] gave no reason."
    )
    assert len({first, second, short}) == 3


def test_the_north_is_the_half_of_a_divided_country_that_the_document_names() -> None:
    [[full, other, short]] = entities("[North Korea|GPE] and [South Korea|GPE] met. The [North|LOC] signed.")
    assert full == short != other
    [[state, short]] = entities("[North Dakota|GPE] voted. The [North|LOC] is cold.")
    assert state != short


def test_places_are_read_without_abbreviations() -> None:
    [[full], [short]] = entities("[Mount Tallow|LOC] is high.", "Snow on [Mt. Tallow|LOC].")
    assert full == short


def test_a_person_is_called_by_initials() -> None:
    [[full, short]] = entities("[Orrin Quist Tallow|PERSON] sang. [OQT|PERSON] bowed.")
    assert full == short
    [[full, body]] = entities("[Orrin Quist Tallow|PERSON] sang. [OQT|ORG] paid.")
    assert full != body


def test_a_body_is_named_again_without_its_trade() -> None:
    [[full, short]] = entities("[Tallow Airlines|ORG] fell. [Tallow|ORG] has six aircraft.")
    assert full == short


def test_a_surname_that_stood_alone_before_the_junior_is_not_his() -> None:
    [[before, junior, after], [elder]] = entities(
        "[Tallow|PERSON] won. [Orrin Tallow Jr.|PERSON] cheered. [Tallow|PERSON] left.", "[Quist Tallow|PERSON] slept."
    )
    assert before == after == elder != junior


def test_a_country_s_own_body_is_complete() -> None:
    [[royal, bank]] = entities("The [Royal Bank of Norway|ORG] lent. The [Bank of Norway|ORG] frowned.")
    assert royal != bank


def test_a_known_body_is_no_short_form_of_a_longer_span() -> None:
    [[longer, known], [elsewhere]] = entities(
        "[Sundby Interpol|ORG] wrote. [Interpol|ORG] knew.", "[Interpol|ORG] slept."
    )
    assert known == elsewhere != longer


def test_a_word_in_front_of_a_full_name_makes_no_second_bearer() -> None:
    [[full, _], _, [short]] = entities(
        "[Edith Tallow|PERSON] won. [Edith Tallow|PERSON] left.", "[Backup Edith Tallow|PERSON] ran.",
        "[Tallow|PERSON] rested.",
    )  # fmt: skip
    assert full == short


def test_a_body_that_many_documents_name_is_no_short_form_of_a_stray_span() -> None:
    stray = "The [Sundby Quillfeather|ORG] page. [Quillfeather|ORG] grew."
    [[longer, here], *elsewhere] = entities(stray, *["[Quillfeather|ORG] fell."] * 10)
    assert {here} == {body for [body] in elsewhere} != {longer}
    [[longer, here], *_] = entities(stray, *["[Quillfeather|ORG] fell."] * 3)
    assert longer == here
