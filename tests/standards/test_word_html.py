from hypothesis import given, settings
from hypothesis import strategies as st

from standards.word_html import is_html, lines_of_html, without_residue
from tests.strategies import plain_text

_RESIDUE = (
    '"TH SarabunPSK",sans-serif;mso-fareast-font-family:"Times New Roman";\n'
    'mso-ansi-language:EN-US;mso-bidi-language:TH" lang="TH">'
)


@settings(deadline=None)
@given(before=plain_text, after=plain_text)
def test_residue_goes_and_the_text_around_it_stays(before: str, after: str) -> None:
    assert without_residue(f"{before}{_RESIDUE}{after}") == f"{before}{after}"


@settings(deadline=None)
@given(text=plain_text)
def test_text_without_residue_is_unchanged(text: str) -> None:
    assert without_residue(text) == text


@settings(deadline=None)
@given(text=st.text(alphabet='กขะ่<>";:abmso-serif,&#3 \n', max_size=80))
def test_thai_letters_are_never_taken_away(text: str) -> None:
    def thai(words: str) -> str:
        return "".join(c for c in words if "\u0e01" <= c <= "\u0e5b")

    assert thai(without_residue(text)) == thai(text)


def test_entities_are_read_and_comparison_signs_stay() -> None:
    assert without_residue("ก&nbsp;&amp; &lt;ข&gt; 3 < 5 &ค;") == "ก\u00a0& <ข> 3 < 5 &ค;"


def test_lines_know_where_in_the_file_they_began() -> None:
    html = "<html><body>\n<p>ก\nข</p>\n<div><span\nstyle='x'>ค</span></div><p>ง<br>จ</p>"
    lines = [(number, text) for number, text in lines_of_html(html) if text]
    assert lines == [(2, "ก ข"), (5, "ค"), (5, "ง"), (5, "จ")]


def test_between_two_cells_stands_a_line_with_one_blank() -> None:
    html = "<table><tr><td>1</td><td></td><td>3</td></tr><tr><td>4</td></tr></table>"
    assert [text for _, text in lines_of_html(html) if text] == ["1", " ", " ", "3", "4"]


def test_styles_and_scripts_are_no_text() -> None:
    html = "<head><title>ก</title></head><style>p {}</style><p>ข</p><script>ค</script>"
    assert [text for _, text in lines_of_html(html) if text] == ["ข"]


def test_a_page_with_one_stray_tag_is_text() -> None:
    assert not is_html("1. ก <b>ข")
    assert is_html("<p>ก</p><p>ข</p>")


@settings(deadline=None)
@given(text=st.text(alphabet="<>/tdrpsanbreml! -\"'=&;ก\n", max_size=120))
def test_any_markup_is_read_without_a_fault_and_keeps_its_line_numbers(text: str) -> None:
    numbers = [number for number, _ in lines_of_html(text)]
    assert all(1 <= number <= text.count("\n") + 1 for number in numbers)
