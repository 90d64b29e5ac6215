import json

import pytest

from pipeline.ingest import render_html


def stated(html: str, field: str, url: str | None = None) -> list[tuple[str, str]]:
    return [(s.value, s.basis) for s in render_html(html.encode(), url).statements if s.field == field]


def json_ld(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script><p>text</p>'


ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Harbour reopens &amp; ferries sail",
    "datePublished": "2034-05-01T08:00:00+02:00",
    "dateModified": "2034-05-02",
    "author": [{"@type": "Person", "name": "Tove Aas"}, {"@type": "Person", "name": "Ivo Brandt"}],
    "publisher": {"@type": "Organization", "name": "The Quay"},
    "inLanguage": "en-GB",
    "mainEntityOfPage": {"@id": "https://quay.example/harbour"},
}


@pytest.mark.parametrize(
    "wrapped",
    [ARTICLE, [ARTICLE], {"@graph": [{"@type": "WebSite", "name": "Quay"}, ARTICLE]}, {"mainEntity": ARTICLE}],
    ids=["alone", "list", "graph", "nested"],
)
def test_the_article_in_json_ld_is_found_wherever_it_stands(wrapped):
    page = json_ld(wrapped)
    assert stated(page, "title") == [("Harbour reopens & ferries sail", "json_ld:headline")]
    assert stated(page, "published") == [("2034-05-01T08:00:00+02:00", "json_ld:datePublished")]
    assert stated(page, "modified") == [("2034-05-02", "json_ld:dateModified")]
    assert stated(page, "byline") == [("Tove Aas, Ivo Brandt", "json_ld:author")]
    assert stated(page, "site_name") == [("The Quay", "json_ld:publisher")]
    assert stated(page, "language") == [("en-GB", "json_ld:inLanguage")]
    assert stated(page, "url") == [("https://quay.example/harbour", "json_ld:mainEntityOfPage")]


def test_stories_listed_in_json_ld_are_not_this_page():
    listed = {"@type": "ItemList", "itemListElement": [ARTICLE]}
    assert stated(json_ld(listed), "published") == []
    assert stated(json_ld({"@type": "WebPage", "datePublished": "2001-01-01"}), "published") == []


@pytest.mark.parametrize(
    "source",
    [
        '<!-- {"@type":"NewsArticle","headline":"Tide"} -->',
        '//<![CDATA[\n{"@type":"NewsArticle","headline":"Tide"}\n//]]>',
        '{"@type":"NewsArticle","headline":"Tide",}',
        '{"@type":["Article","NewsArticle"],"headline":"Tide","articleBody":"a\nb"};',
    ],
)
def test_json_ld_as_careless_sites_write_it_is_read(source):
    assert stated(f'<script type="application/ld+json">{source}</script>', "title") == [("Tide", "json_ld:headline")]


@pytest.mark.parametrize("source", ["{", "null", "[[[]]]", '"x"', "[" * 100_000, '{"@type": 5, "headline": {}}', ""])
def test_json_ld_that_says_nothing_does_no_harm(source):
    assert stated(f'<script type="application/ld+json">{source}</script><title>Tide</title>', "title") == [
        ("Tide", "html:title")
    ]


def test_meta_elements_speak_in_the_order_of_their_trustworthiness():
    page = """<title>Tide - Quay</title><meta name="twitter:title" content="Tide?">
      <meta property="og:title" content="Tide">
      <meta name="pubdate" content="20340501"><meta property="article:published_time" content="2034-05-01T06:00Z">
      <meta property="og:site_name" content="The Quay"><meta name="author" content="Tove Aas">"""
    assert [basis for _, basis in stated(page, "title")] == ["meta:og:title", "meta:twitter:title", "html:title"]
    assert stated(page, "published")[0] == ("2034-05-01T06:00Z", "meta:article:published_time")
    assert stated(page, "site_name") == [("The Quay", "meta:og:site_name")]
    assert stated(page, "byline") == [("Tove Aas", "meta:author")]


def test_an_address_is_no_author():
    assert stated('<meta property="article:author" content="https://facebook.example/quay">', "byline") == []


@pytest.mark.parametrize(
    "time",
    [
        '<time pubdate datetime="2034-05-01">1 May</time>',
        '<time itemprop="datePublished" datetime="2034-05-01">1 May</time>',
        '<time class="entry-date published" datetime="2034-05-01">1 May</time><time class="updated">x</time>',
    ],
)
def test_a_time_marked_as_publication_is_stated(time):
    assert stated(time, "published") == [("2034-05-01", "time:datetime")]


@pytest.mark.parametrize(
    "page",
    [
        '<time datetime="2034-05-01">1 May</time>',
        "<p>Published in May 2034</p>",
        '<time class="published" datetime="2034-05-01"></time><time class="published" datetime="2034-05-02"></time>',
        '<meta property="og:updated_time" content="2034-05-01">',
        "<footer>&copy; 2034</footer>",
    ],
    ids=["unmarked time", "running text", "two stories", "update", "copyright"],
)
def test_no_date_is_read_from_what_does_not_state_one(page):
    assert stated(page, "published") == []


def test_language_and_canonical_address():
    page = '<html lang="fr-CA"><link rel="canonical" href="/vent"><p>x'
    assert stated(page, "language") == [("fr-CA", "html:lang")]
    assert stated(page, "url", "https://quai.example/vent?s=1") == [("https://quai.example/vent", "link:canonical")]
    assert stated('<link rel="canonical" href="javascript:alert(1)">', "url") == []
