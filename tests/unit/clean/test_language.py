"""Languages of documents and blocks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean.language import block_languages, language_of, script_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The harbour board voted late on Monday to reopen the northern quay.", "en"),
        ("Der Hafenrat stimmte am Montag für die Öffnung des nördlichen Kais.", "de"),
        ("Le conseil du port a voté lundi soir la réouverture du quai nord.", "fr"),
        ("صوّت مجلس الميناء مساء الاثنين على إعادة فتح الرصيف الشمالي", "ar"),
        ("شورای بندر شامگاه دوشنبه به بازگشایی اسکله شمالی رأی داد و گفت که کار آغاز می‌شود", "fa"),
        ("מועצת הנמל הצביעה ביום שני בעד פתיחת הרציף", "he"),
        ("Совет порта проголосовал в понедельник за открытие причала", "ru"),
        ("Рада порту проголосувала в понеділок за відкриття причалу", "uk"),
        ("항만 위원회는 월요일 부두 재개장을 의결했다", "ko"),
        ("港湾委員会は月曜日、北埠頭の再開を決めた。", "ja"),
        ("港务委员会星期一投票决定重新开放北码头", "zh"),
        ("Quay", None),
        ("123 – 45", None),
        ("", None),
    ],
)
def test_language_of_a_text(text, language):
    assert language_of(text) == language


def test_blocks_of_an_english_page():
    blocks = [
        "Quay reopens",
        "By Ada Moreau, Harbour Gazette",
        "The harbour board voted late on Monday to reopen the northern quay, ending a dispute of eleven months.",
        "صوّت مجلس الميناء على إعادة فتح الرصيف",
        "وفد",
        "Der Hafenrat stimmte am späten Montag für die Öffnung des nördlichen Kais und beendete damit einen Streit.",
        "Ezra Whitlock, Amina Farouk, Jean-Baptiste Okonkwo, Maria Lindqvist and Tomasz Zielinski",
        "https://harbour.example/quay?ref=front&campaign=Kd83jfHHqpwo29dkmfnbvtyR20dkslw",
        "0",
    ]
    assert block_languages(blocks, "en") == ["en", "en", "en", "ar", "ar", "de", "en", "en", "en"]


def test_an_english_quotation_in_an_arabic_page():
    english = "The harbour board voted late on Monday to reopen the northern quay, ending a dispute of eleven months."
    assert block_languages([english, "صوّت مجلس الميناء"], "ar") == ["en", "ar"]


def test_symbols_are_of_no_script():
    assert script_of("18° × 20 ÷ 4 — “…”") == ("", 0)


@settings(max_examples=200)
@given(st.lists(st.text(max_size=80), max_size=5), st.sampled_from(["en", "ar", "de", None]))
def test_any_blocks_get_one_answer_each(blocks, language):
    found = block_languages(blocks, language)
    assert len(found) == len(blocks)
    assert all(code is None or len(code) == 2 for code in found)
