"""The public doors that need no document."""

import pytest

from pipeline.resolve import cluster, compare, compare_many

SAME = [
    ("Izzeddin al-Harashi", "Ezzedine al-Hrashi", "PERSON"),
    ("Qasim Behruzi", "Kassem Behrouzi", "PERSON"),
    ("Sergei Malinovsky", "Sergey Malinovskiy", "PERSON"),
    ("Pak Yong-jin", "Yong Jin Pak", "PERSON"),
    ("Kwak Jong-chul", "Kwak Chong-ch'ol", "PERSON"),
    ("Tseng Hsiao-lien", "Zeng Xiaolian", "PERSON"),
    ("Minister of Defence Orrin Tallow", "Orrin Tallow", "PERSON"),
    ("Orrin P. Tallow", "Orrin Tallow", "PERSON"),
    ("J. Tallow", "Jesper Tallow", "PERSON"),
    ("C. H. Tallow", "Charles Henry Tallow", "PERSON"),
    ("C. H. Tallow", "Charles Tallow", "PERSON"),
    ("C.H. Tallow", "Charles H. Tallow", "PERSON"),
    ("Yu. V. Malinovsky", "Yuri Malinovsky", "PERSON"),
    ("Will Tallow", "William Tallow", "PERSON"),
    ("Александр Малиновский", "Alexander Malinovsky", "PERSON"),
    ("Harbour Canals Bureau Ltd", "Harbour Canals Bureau", "ORG"),
    ("Sherkat-e Sanat-e Foolad Behruz", "Behruz Steel Industry Company", "ORG"),
    ("Harbour Ministry of the Islamic Republic of Iran", "Iranian Harbour Ministry", "ORG"),
    ("HCBX", "Harbour Canals Bureau Xenia", "ORG"),
    ("Sundby Times", "Sundbytimes", "ORG"),
    ("Harakat ul-Sundby", "Harkat-ul-Sundbee", "ORG"),
    ("Sundby Estuary Dredging Company", "Sundby Estuary Digging Company", "ORG"),
    ("Tabra", "Tabrah", "GPE"),
    ("Raqda", "Ar-Raqdah", "GPE"),
    ("Sundby", "Sunddby", "GPE"),
    ("Ministry of Foreign Affairs of Norway", "Norwegian Foreign Ministry", "ORG"),
]
APART = [
    ("Ali Behruzi", "Ali Zafarani", "PERSON"),
    ("Orrin Tallow", "Edith Tallow", "PERSON"),
    ("Orrin Tallow Jr.", "Orrin Tallow Sr.", "PERSON"),
    ("Orrin J. P. Tallow", "Orrin P. Tallow", "PERSON"),
    ("Orrin J. Tallow", "Orrin M. Tallow", "PERSON"),
    ("J. P. Tallow", "P. Tallow", "PERSON"),
    ("M. Tallow", "Orrin Tallow", "PERSON"),
    ("Maria Tallowes", "Mario Tallowes", "PERSON"),
    ("Liam Tallow", "Will Tallow", "PERSON"),
    ("Pak Yong-jin", "Pak Hyong-jin", "PERSON"),
    ("Sundby Times", "Sundby Post", "ORG"),
    ("French Harbour Canals Bureau", "Polish Harbour Canals Bureau", "ORG"),
    ("Harbour Canals Bureau", "Harbour Fisheries Bureau", "ORG"),
    ("Danish Weavers Council", "Danish Skating Council", "ORG"),
    ("Norwegian Salmon Growers Union", "Norwegian Potato Growers Union", "ORG"),
    ("Sundby X4", "Sundby X5", "ORG"),
    ("Iran", "Iraq", "GPE"),
    ("Henda", "Hunda", "GPE"),
    ("Foreign Affairs", "Foreign Ministry", "ORG"),
    ("North Sundby", "South Sundby", "GPE"),
    ("HCB", "HCD", "ORG"),
    ("Kan", "Queen", "PERSON"),
    ("Tallo", "Tallow Bay Podcast and Weekly Letter", "ORG"),
]


@pytest.mark.parametrize(("a", "b", "label"), SAME)
def test_spellings_of_one_name_match(a: str, b: str, label: str) -> None:
    assert compare(a, b, label).is_match


@pytest.mark.parametrize(("a", "b", "label"), APART)
def test_different_names_do_not_match(a: str, b: str, label: str) -> None:
    assert not compare(a, b, label).is_match


def test_reasons_say_in_words_what_agrees_and_what_does_not() -> None:
    reasons = " ".join(compare("Qasim Behruzi", "Kassem Behrouzi", "PERSON").reasons)
    assert "behruzi" in reasons
    assert "behrouzi" in reasons
    assert "differ" in " ".join(compare("Ali Behruzi", "Ali Zafarani", "PERSON").reasons)


def test_cluster_numbers_follow_first_appearance() -> None:
    names = [
        ("Edith Tallow", "PERSON"),
        ("Qasim Behruzi", "PERSON"),
        ("Kassem Behrouzi", "PERSON"),
        ("EDITH TALLOW", "PERSON"),
    ]
    assert cluster(names) == [0, 1, 1, 0]


def test_one_name_under_two_labels_is_two() -> None:
    assert cluster([("Sundby", "PERSON"), ("Sundby", "GPE")]) == [0, 1]


def test_nothing_clusters_to_nothing() -> None:
    assert cluster([]) == []


def test_many_comparisons_at_once_are_the_same_as_one_by_one() -> None:
    pairs = [(a, b) for a, b, label in SAME + APART if label == "PERSON"]
    many = compare_many(pairs, "PERSON")
    assert [c.score for c in many] == pytest.approx([compare(a, b, "PERSON").score for a, b in pairs])
    assert compare_many([], "PERSON") == []
