import pytest

from pipeline.ingest.outlets import outlet_folder, registrable_domain, slug
from tests.unit.ingest.landing_folder import STORY, jsonl, read, write


def outlet_of(landing, files: dict) -> tuple:
    """(id, name, domain, basis) of the first document."""
    documents, _, _ = read(write(landing, files))
    return tuple(documents[0][f"outlet_{part}"] for part in ("id", "name", "domain", "basis"))


PAGE = (
    '<meta property="og:site_name" content="The Quay"><link rel="canonical" href="https://m.quay.example/a"><p>Tide</p>'
)
SIDECAR = "id: quay\nname: The Quay\ndomain: www.quay.example\n"


def test_the_folder_names_the_outlet(tmp_path):
    assert outlet_of(tmp_path, {"evening-quay/2034/a.txt": STORY}) == ("evening-quay", "evening-quay", None, "path")


def test_a_folder_named_after_a_domain_is_that_domain(tmp_path):
    assert outlet_of(tmp_path, {"www.quay.example/a.txt": STORY}) == (
        "quay.example",
        "www.quay.example",
        "quay.example",
        "path",
    )


@pytest.mark.parametrize("folder", ["2034-05-01", "2034/05", "html", "Crawl", "date=2034-05-01"])
def test_a_date_or_a_generic_word_names_no_outlet(tmp_path, folder):
    assert outlet_of(tmp_path, {f"{folder}/a.txt": STORY}) == (None, None, None, None)
    assert outlet_folder(f"{folder}/quay/a.txt") == "quay"


def test_a_sidecar_names_the_outlet_of_its_folder_and_those_below(tmp_path):
    files = {"drop/outlet.yml": SIDECAR, "drop/deep/a.txt": STORY}
    assert outlet_of(tmp_path, files) == ("quay", "The Quay", "quay.example", "sidecar")


def test_the_nearest_sidecar_counts(tmp_path):
    files = {"drop/outlet.yml": "name: Another", "drop/quay/outlet.yml": SIDECAR, "drop/quay/a.txt": STORY}
    assert outlet_of(tmp_path, files)[0] == "quay"


def test_the_record_speaks_before_sidecar_folder_and_url(tmp_path):
    record = jsonl({"text": STORY, "outlet": "Tide Times", "url": "https://quay.example/a"})
    files = {"drop/outlet.yml": SIDECAR, "drop/a.jsonl": record}
    assert outlet_of(tmp_path, files) == ("tide-times", "Tide Times", "quay.example", "record")


def test_the_url_names_the_outlet_where_no_folder_does_and_the_page_gives_its_name(tmp_path):
    assert outlet_of(tmp_path, {"a.html": PAGE}) == ("quay.example", "The Quay", "quay.example", "url")


def test_the_site_name_alone_is_better_than_nothing(tmp_path):
    page = '<meta property="og:site_name" content="The Quay"><p>Tide</p>'
    assert outlet_of(tmp_path, {"a.html": page}) == ("the-quay", "The Quay", None, "markup")


@pytest.mark.parametrize(
    ("path", "content", "basis"),
    [
        ("a.html", PAGE, "url"),
        ("feed/a.jsonl", jsonl({"text": STORY, "outlet": "the quay"}), "record"),
        ("feed/b.jsonl", jsonl({"text": STORY, "outlet": "quay.example"}), "record"),
        ("quay/a.txt", STORY, "path"),
    ],
)
def test_an_outlet_that_a_sidecar_describes_is_the_same_outlet_elsewhere(tmp_path, path, content, basis):
    files = {"z-drop/outlet.yml": SIDECAR, path: content}
    assert outlet_of(tmp_path, files) == ("quay", "The Quay", "quay.example", basis)


def test_an_outlet_that_no_sidecar_describes_is_not_taken_for_one_that_is(tmp_path):
    files = {"z-drop/outlet.yml": "id: quay", "a.jsonl": jsonl({"text": STORY, "outlet": "Tide"}, {"text": "Ebb"})}
    documents, _, _ = read(write(tmp_path, files))
    assert [d["outlet_id"] for d in documents] == ["tide", None]


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://www.quay.example/a?b=c", "quay.example"),
        ("http://news.quay.co.uk:8080/", "quay.co.uk"),
        ("https://quay.uk/", "quay.uk"),
        ("https://co.uk/", "co.uk"),
        ("https://tide.wordpress.com/2034/", "tide.wordpress.com"),
        ("https://www.wordpress.com/", "wordpress.com"),
        ("www.quay.com.au", "quay.com.au"),
        ("https://пример.example/", "xn--e1afmkfd.example"),
        ("https://192.0.2.7/a", None),
        ("https://localhost/a", None),
        ("https://[::1/", None),
        ("not an address", None),
        pytest.param("https://" + "a\u0301\u0316" * 100_000 + ".example/", None, id="endless host"),
        ("", None),
        (None, None),
    ],
)
def test_registrable_domains(address, domain):
    assert registrable_domain(address) == domain


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("The Evening Quay!", "the-evening-quay"),
        ("  QUAY  ", "quay"),
        ("Le Journal d’Åre", "le-journal-d-åre"),
        ("صحيفة المرفأ", "صحيفة-المرفأ"),
        ("www.Quay.example", "quay.example"),
        ("../../etc", "etc"),
        ("!!!", ""),
        pytest.param("quay " * 100_000, "-".join(["quay"] * 40), id="endless name"),
    ],
)
def test_slugs(name, expected):
    assert slug(name) == expected
