import codecs

import pytest

from pipeline.ingest.decoding import decode_html, decode_text
from pipeline.ingest.rejection import Reason, RejectedInputError

ENGLISH = "“We won’t wait,” said Zoë Núñez – the café in Åre stays shut, officials told reporters on Monday."
ARABIC = "قال مدير الميناء إن السفينة عادت أمس إلى المرفأ، وأضاف أن الطاقم بخير وسيعود غدا إلى المدينة."
FARSI = "مدیر بندر گفت کشتی دیروز بازگشت و خدمه فردا به شهر باز خواهند گشت."
RUSSIAN = "Начальник порта сообщил, что судно вернулось вчера вечером, и экипаж завтра приедет в город."
HEBREW = "מנהל הנמל אמר כי הספינה חזרה אתמול והצוות ישוב מחר אל העיר."
GREEK = "Ο διευθυντής του λιμανιού δήλωσε ότι το πλοίο επέστρεψε χθες το βράδυ στην πόλη."
POLISH = "Kierownik portu powiedział w środę, że statek wrócił wczoraj, a załogą zajmą się lekarze z miasta."
TURKISH = "Liman müdürü geminin dün akşam döndüğünü, mürettebatın yarın şehre geleceğini açıkladı."
FRENCH = "Le maître du port a déclaré que le navire était rentré hier à l'aube, après une nuit très agitée."
CHINESE = "港口负责人表示，这艘船昨天已经返回，船员明天将回到城里。"


@pytest.mark.parametrize(
    ("text", "written_as", "recorded_as"),
    [
        (ENGLISH, "utf-8", "utf-8"),
        (ENGLISH, "utf-16-le", "utf-16-le"),
        (ENGLISH, "utf-16-be", "utf-16-be"),
        (ARABIC, "utf-16-le", "utf-16-le"),
        (ARABIC, "utf-16-be", "utf-16-be"),
        (ENGLISH, "cp1252", "windows-1252"),
        (FRENCH, "iso8859-1", "windows-1252"),
        (ARABIC, "cp1256", "windows-1256"),
        (FARSI, "cp1256", "windows-1256"),
        (ARABIC, "iso8859-6", "iso-8859-6"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (RUSSIAN, "iso8859-5", "iso-8859-5"),
        (HEBREW, "cp1255", "windows-1255"),
        (GREEK, "cp1253", "windows-1253"),
        (POLISH, "iso8859-2", "iso-8859-2"),
        (POLISH, "cp1250", "windows-1250"),
        (TURKISH, "cp1254", "windows-1254"),
        (CHINESE, "gb18030", "gb18030"),
    ],
)
def test_the_encoding_is_found_without_any_declaration(text, written_as, recorded_as):
    data = text.encode(written_as, "ignore")
    assert decode_text(data) == (data.decode(written_as), recorded_as)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_part_of_the_text(mark, encoding):
    assert decode_text(mark + CHINESE.encode(encoding)) == (CHINESE, encoding)


def test_line_ends_stay_as_they_were_delivered():
    assert decode_text(b"one\r\ntwo\rthree\n")[0] == "one\r\ntwo\rthree\n"


def test_a_declared_charset_is_used_where_bytes_alone_do_not_tell():
    data = "Øre".encode("iso8859-4")
    assert decode_text(data, "ISO-8859-4") == ("Øre", "iso-8859-4")


def test_charset_labels_mean_what_browsers_take_them_to_mean():
    assert decode_text("“quoted”".encode("cp1252"), "ISO-8859-1") == ("“quoted”", "windows-1252")


def test_valid_utf8_goes_before_a_declaration_left_from_before_the_page_was_saved_anew():
    page = f'<html><head><meta charset="windows-1256"></head><body>{ARABIC}</body></html>'
    assert decode_html(page.encode()) == (page, "utf-8")


@pytest.mark.parametrize(
    "meta",
    [
        '<meta charset="windows-1256">',
        "<META CHARSET=windows-1256>",
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1256">',
    ],
)
def test_the_meta_charset_of_a_page_is_read(meta):
    page = f"<html><head>{meta}</head><body>{'ب'}</body></html>"  # one letter: too little to guess from
    assert decode_html(page.encode("cp1256")) == (page, "windows-1256")


def test_the_http_charset_goes_before_the_meta_charset():
    page = '<meta charset="windows-1252">' + "б"
    assert decode_html(page.encode("cp1251"), "windows-1251") == (page, "windows-1251")


@pytest.mark.parametrize("label", ["no-such-charset", "base64", "utf-7", "unicode_escape", "rot13", "\0", ""])
def test_a_declaration_that_names_no_page_encoding_is_passed_over(label):
    assert decode_text(ENGLISH.encode("cp1252"), label) == (ENGLISH, "windows-1252")


def test_a_few_damaged_sequences_do_not_turn_utf8_into_another_encoding():
    data = (FRENCH * 3).encode()[:-1] + b"\xe2\x80 the end"
    text, encoding = decode_text(data)
    assert encoding == "utf-8"
    assert text.count("\ufffd") == 1
    assert text.startswith(FRENCH)


def test_a_stray_nul_is_kept_as_it_stands():
    assert decode_text(b"The harbour\x00 reopened on Tuesday.")[0] == "The harbour\x00 reopened on Tuesday."


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (b" \r\n\t\n", Reason.EMPTY),
        (codecs.BOM_UTF16_LE + " \n".encode("utf-16-le"), Reason.EMPTY),
        (b"%PDF-1.7\nsome objects", Reason.BINARY),
        (b"\x89PNG\r\n\x1a\n picture", Reason.BINARY),
        (bytes(range(256)) * 4, Reason.BINARY),
        (codecs.BOM_UTF16_LE + b"\x00\xd8" * 50, Reason.UNDECODABLE),
        (bytes([0x81, 0xFF, 0xFE, 0x8D, 0x9D, 0xF0, 0x8F]) * 30, Reason.UNDECODABLE),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data, reason):
    with pytest.raises(RejectedInputError) as refused:
        decode_text(data)
    assert refused.value.reason is reason
    assert refused.value.detail
