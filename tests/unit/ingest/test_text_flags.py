import pytest

from pipeline.ingest.text_flags import text_flags


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("Plain words.", None),
        ("Zoë’s café — “open” in Åre, São Paulo, Ñuñoa; ÂNGELA, CÃO and Øystein’s Ðorđe", None),
        ("الميناء مفتوح", None),
        ("a\0b", "nul"),
        ("abc\u202edef", "bidi"),
        ("soft\u200bware", "zero_width"),
        ("lost \ufffd sign", "replacement"),
        ("the harbour’s “quay”".encode().decode("cp1252", "replace"), "mojibake,replacement"),
        ("the café".encode().decode("cp1252"), "mojibake"),
        ("порт открыт".encode().decode("latin-1"), "mojibake"),
        ("a\0\u202e\u200b", "bidi,nul,zero_width"),
    ],
)
def test_oddities_are_named(text, flags):
    assert text_flags(text) == flags
