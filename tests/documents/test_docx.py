"""The .docx reader sees what stands on the printed page after all changes are accepted."""

from __future__ import annotations

from datetime import date

import pytest

from bot.documents.reading import read_document
from bot.domain.documents import DocumentDraft, RowDraft
from tests.documents.word import cell, docx, levels, numbered, p, roadmap, row, t, table

TODAY = date(2024, 9, 1)


def read(*body: str, **parts: object) -> DocumentDraft:
    return read_document(docx(*body, **parts), "карта.docx", today=TODAY)  # type: ignore[arg-type]  # forwarded as is


def only_row(*body: str, **parts: object) -> RowDraft:
    (found,) = read(*body, **parts).rows
    return found


def a_row(title: str = "Создание штаба", term: str = "1 марта 2025 года", number: str = "1") -> str:
    return row(number, title, "Департамент", "Приказ", term)


# Tracked changes


def test_an_insertion_is_read_and_a_deletion_is_not() -> None:
    term = p(
        f'<w:del w:id="1"><w:r><w:delText>1 марта</w:delText></w:r></w:del><w:ins w:id="2">{t("15 мая")}</w:ins>',
        " 2025 года",
    )
    assert only_row(roadmap(a_row(term=term))).phrase == "15 мая 2025 года"


def test_text_moved_away_stands_only_where_it_was_moved_to() -> None:
    title = p(
        f'<w:moveFrom w:id="1">{t("Создание ")}</w:moveFrom>',
        "Штаб: ",
        f'<w:moveTo w:id="2">{t("создание")}</w:moveTo>',
    )
    assert only_row(roadmap(a_row(title))).title == "Штаб: создание"


def test_a_deleted_row_is_gone_and_an_inserted_one_is_there() -> None:
    deleted = row("2", "Лишнее", "Д", "Р", "май 2025 года", properties='<w:del w:id="1"/>')
    inserted = row("2", "Новое", "Д", "Р", "май 2025 года", properties='<w:ins w:id="2"/>')
    draft = read(roadmap(a_row(), deleted, inserted))
    assert [found.title for found in draft.rows] == ["Создание штаба", "Новое"]
    assert not [problem for problem in draft.problems if problem.code.value.endswith("number")]


def test_paragraphs_run_together_where_the_end_between_them_was_deleted() -> None:
    first = p("Создание ", properties='<w:rPr><w:del w:id="1"/></w:rPr>')
    assert only_row(roadmap(row("1", cell(first, p("штаба")), "Д", "Р", "май 2025 года"))).title == "Создание штаба"


# Content controls


@pytest.mark.parametrize("where", ["body", "row", "cell", "paragraph", "run"])
def test_a_content_control_is_read_wherever_it_wraps(where: str) -> None:
    def wrapped(xml: str, level: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{xml}</w:sdtContent></w:sdt>" if level == where else xml

    term = wrapped(p(wrapped(t("1 марта 2025 года"), "run")), "paragraph")
    cells = f"{cell('1')}{cell('Создание штаба')}{cell('Д')}{cell('Р')}{wrapped(cell(term), 'cell')}"
    rows = wrapped(f"<w:tr>{cells}</w:tr>", "row")
    body = wrapped(roadmap(rows), "body")
    assert only_row(body).phrase == "1 марта 2025 года"


def test_the_prompt_of_an_empty_control_is_not_text() -> None:
    prompt = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{t('Место для ввода даты')}</w:sdtContent></w:sdt>"
    )
    assert only_row(roadmap(a_row(term=p(prompt)))).phrase == ""


# Automatic numbers


def test_automatic_numbers_of_the_first_column_are_counted() -> None:
    abstract, used = levels(("decimal", "%1."))
    rows = [row(cell(numbered()), f"Дело {name}", "Д", "Р", "май 2025 года") for name in "абв"]
    draft = read(roadmap(*rows), numbering=abstract + used)
    assert [found.number for found in draft.rows] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("shape", "text", "expected"),
    [
        ("decimal", "%1)", ["1)", "2)"]),
        ("upperRoman", "%1.", ["I.", "II."]),
        ("lowerLetter", "(%1)", ["(a)", "(b)"]),
        ("russianLower", "%1)", ["а)", "б)"]),
        ("decimalZero", "%1.", ["01.", "02."]),
        ("bullet", "\uf0b7", ["-", "-"]),  # the sign belongs to a symbol font, a dash says the same
    ],
)
def test_each_shape_of_number_is_written_as_word_shows_it(shape: str, text: str, expected: list[str]) -> None:
    abstract, used = levels((shape, text))
    title = cell(numbered("один"), numbered("два"))
    found = only_row(roadmap(row("1", title, "Д", "Р", "май 2025 года")), numbering=abstract + used)
    assert found.title == f"{expected[0]} один\n{expected[1]} два"


def test_a_deeper_level_begins_anew_under_each_number_above() -> None:
    abstract, used = levels(("decimal", "%1."), ("decimal", "%1.%2."))
    depths = (0, 1, 1, 0, 1)
    rows = [
        row(cell(numbered(level=depth)), f"Дело {at}", "Д", "Р", "май 2025 года") for at, depth in enumerate(depths)
    ]
    draft = read(roadmap(*rows), numbering=abstract + used)
    assert [found.number for found in draft.rows] == ["1", "1.1", "1.2", "2", "2.1"]
    assert not [problem for problem in draft.problems if problem.code.value == "missing_number"]


def test_a_second_list_on_one_definition_goes_on_and_an_override_begins_anew() -> None:
    abstract, first = levels(("decimal", "%1."))
    second = '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    third = f'<w:num w:numId="3"><w:abstractNumId w:val="1"/>{override}</w:num>'
    title = cell(numbered("а"), numbered("б", list_id=2), numbered("в", list_id=3))
    found = only_row(roadmap(row("1", title, "Д", "Р", "май 2025 года")), numbering=abstract + first + second + third)
    assert found.title == "1. а\n2. б\n1. в"


def test_a_number_may_come_from_the_style_of_the_paragraph_and_from_the_one_it_is_based_on() -> None:
    abstract, used = levels(("decimal", "%1."))
    styles = (
        '<w:style w:styleId="Num"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Child"><w:basedOn w:val="Num"/></w:style>'
    )
    rows = [
        row(cell(p(properties=f'<w:pStyle w:val="{style}"/>')), f"Дело {style}", "Д", "Р", "май 2025 года")
        for style in ("Num", "Child")
    ]
    draft = read(roadmap(*rows), numbering=abstract + used, styles=styles)
    assert [found.number for found in draft.rows] == ["1", "2"]


def test_a_deleted_paragraph_takes_its_number_with_it() -> None:
    abstract, used = levels(("decimal", "%1."))
    gone = p(
        '<w:del w:id="1"><w:r><w:delText>лишнее</w:delText></w:r></w:del>',
        properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="2"/></w:rPr>',
    )
    title = cell(numbered("один"), gone, numbered("два"))
    found = only_row(roadmap(row("1", title, "Д", "Р", "май 2025 года")), numbering=abstract + used)
    assert found.title == "1. один\n2. два"


# Merged cells, groups, nesting


def test_a_cell_merged_downwards_stands_in_every_row() -> None:
    draft = read(
        roadmap(
            row("1", "Первое", "Д", "Р", cell("май 2025 года", merge="restart")),
            row("2", "Второе", "Д", "Р", cell(merge="continue")),
            row("3", "Третье", "Д", "Р", "июнь 2025 года"),
        )
    )
    assert [found.phrase for found in draft.rows] == ["май 2025 года", "май 2025 года", "июнь 2025 года"]


def test_one_number_and_one_term_over_several_rows_make_one_row_of_lists() -> None:
    draft = read(
        roadmap(
            row(
                cell("1", merge="restart"),
                cell("Создание", merge="restart"),
                "Центр",
                "Приказ",
                cell("май 2025 года", merge="restart"),
            ),
            row(cell(merge="continue"), cell(merge="continue"), "Школы", "Отчёт", cell(merge="continue")),
            row("2", "Второе", "Д", "Р", "июнь 2025 года"),
        )
    )
    first, second = draft.rows
    assert (first.number, first.title, first.phrase) == ("1", "Создание", "май 2025 года")
    assert (first.responsible, first.result) == ("Центр Школы", "Приказ Отчёт")
    assert second.number == "2"


def test_a_merged_number_with_different_terms_is_not_glued_into_one() -> None:
    draft = read(
        roadmap(
            row(cell("1", merge="restart"), cell("Отчёт", merge="restart"), "Д", "Р", "май 2025 года"),
            row(cell(merge="continue"), cell(merge="continue"), "Д", "Р", "июнь 2025 года"),
        )
    )
    assert [(found.number, found.title, found.phrase) for found in draft.rows] == [
        ("1", "Отчёт", "май 2025 года"),
        ("1", "Отчёт", "июнь 2025 года"),
    ]


def test_section_rows_are_groups_and_no_rows() -> None:
    draft = read(
        roadmap(
            row(cell("I. Организационные мероприятия", span=5)),
            a_row("Первое"),
            row("", cell("II. Обучение", span=4)),
            a_row("Второе", number="2"),
        )
    )
    assert [(found.title, found.group) for found in draft.rows] == [
        ("Первое", "I. Организационные мероприятия"),
        ("Второе", "II. Обучение"),
    ]


def test_a_numbered_section_is_told_by_the_numbers_below_it() -> None:
    draft = read(
        roadmap(row("1.", "Организация", "", "", ""), a_row("Первое", number="1.1."), a_row("Второе", number="1.2."))
    )
    assert [(found.number, found.group) for found in draft.rows] == [
        ("1.1", "1. Организация"),
        ("1.2", "1. Организация"),
    ]
    assert not [problem for problem in draft.problems if problem.code.value == "missing_number"]


def test_a_header_of_two_rows_names_the_columns_below() -> None:
    upper = row(
        cell("№", merge="restart"),
        cell("Мероприятие", merge="restart"),
        cell("Срок реализации", span=2),
        cell("Ответственный", merge="restart"),
    )
    lower = row(cell(merge="continue"), cell(merge="continue"), "начало", "окончание", cell(merge="continue"))
    found = only_row(table(upper, lower, ("1", "Создание", "01.03.2025", "15.03.2025", "Центр")))
    assert (found.title, found.responsible, found.phrase) == ("Создание", "Центр", "01.03.2025 – 15.03.2025")


def test_a_table_that_only_lays_out_the_page_gives_up_the_one_inside() -> None:
    assert only_row(table(row(cell(p("Приложение"), roadmap(a_row()))))).title == "Создание штаба"


def test_a_table_inside_a_cell_is_part_of_its_text() -> None:
    inner = table(("1.", "Выбор школы"), ("2.", "Выбор учителя"))
    found = only_row(roadmap(row("1", cell(p("Подготовка:"), inner), "Д", "Р", "май 2025 года")))
    assert found.title == "Подготовка:\n1. Выбор школы\n2. Выбор учителя"


# Pages


def test_a_row_cut_by_a_page_is_glued_and_what_belongs_to_the_page_is_dropped() -> None:
    draft = read(
        roadmap(row("1", "Создание регионального", "Министерство образования", "Приказ", "1 марта")),
        table(
            ("1", "2", "3", "4", "5"),
            ("", "штаба", "Амурской области", "", "2025 года"),
            ("2", "Второе", "Д", "Р", "май 2025 года"),
        ),
    )
    first, second = draft.rows
    assert (first.title, first.responsible, first.phrase) == (
        "Создание регионального штаба",
        "Министерство образования Амурской области",
        "1 марта 2025 года",
    )
    assert second.number == "2"


def test_a_header_repeated_on_the_next_page_is_no_row() -> None:
    draft = read(roadmap(a_row("Первое")), roadmap(a_row("Второе", number="2")))
    assert [found.title for found in draft.rows] == ["Первое", "Второе"]
    assert not [problem for problem in draft.problems if problem.code.value.endswith("number")]


def test_a_table_that_goes_on_without_its_header_is_read_and_the_rows_lost_between_are_named() -> None:
    draft = read(roadmap(a_row("Первое")), p("2"), table(("4", "Четвёртое", "Д", "Р", "май 2025 года")))
    assert [found.number for found in draft.rows] == ["1", "4"]
    missing = [problem.facts["number"] for problem in draft.problems if problem.code.value == "missing_number"]
    assert missing == ["2", "3"]


def test_another_table_of_the_same_width_does_not_go_on_the_first() -> None:
    staff = table(("№", "ФИО", "Школа", "Должность", "Телефон"), ("1", "Иванова", "1", "учитель", "нет"))
    assert len(read(roadmap(a_row()), staff).rows) == 1


def test_the_end_of_a_title_on_a_page_with_its_own_header_is_no_section() -> None:
    draft = read(
        roadmap(a_row("Письмо в адрес")),
        roadmap(("", "Министерства просвещения", "", "", ""), a_row("Второе", number="2")),
    )
    assert [(found.title, found.group) for found in draft.rows] == [
        ("Письмо в адрес Министерства просвещения", None),
        ("Второе", None),
    ]


def test_a_second_plan_with_another_header_begins_anew() -> None:
    other = table(("№", "Поручение", "Дата"), ("", "Обучение", ""), ("1", "Курсы", "май 2025 года"))
    draft = read(roadmap(a_row("Первое")), other)
    assert [(found.title, found.group) for found in draft.rows] == [("Первое", None), ("Курсы", "Обучение")]
    assert not [problem for problem in draft.problems if problem.code.value.endswith("number")]


def test_a_plan_inside_a_cell_of_a_plan_adds_no_rows() -> None:
    inner = roadmap(a_row("Внутри", number="2"))
    assert len(read(roadmap(row("1", cell(p("Снаружи"), inner), "Д", "Р", "май 2025 года"))).rows) == 1


# Text


def test_a_soft_hyphen_vanishes_and_a_break_and_a_tab_part_words() -> None:
    title = p("Со\u00adздание", "<w:r><w:softHyphen/><w:tab/></w:r>", "штаба", "<w:r><w:br/></w:r>", "школы")
    assert only_row(roadmap(a_row(title))).title == "Создание штаба\nшколы"


def test_paragraphs_of_a_cell_stand_on_lines_of_their_own() -> None:
    assert (
        only_row(roadmap(row("1", cell("Создание", "", "Открытие"), "Д", "Р", "май 2025 года"))).title
        == "Создание\nОткрытие"
    )


def test_a_foot_note_and_hidden_text_are_passed_over() -> None:
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t> (черновик)</w:t></w:r>"
    assert only_row(roadmap(a_row(p("Создание", note, hidden, " штаба")))).title == "Создание штаба"


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{p('ПРИКАЗ')}</w:txbxContent>"
    drawing = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps">'
        f"<w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    title = cell(p("Создание", drawing))
    assert only_row(roadmap(row("1", title, "Д", "Р", "май 2025 года"))).title == "Создание\nПРИКАЗ"


# Links


def test_links_of_all_kinds_become_the_links_of_the_row() -> None:
    by_relation = f'<w:hyperlink r:id="rId9">{t("форма")}</w:hyperlink>'
    by_code = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText> HYPERLINK "https://b.example/2" </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{t("таблица")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    simple = f'<w:fldSimple w:instr="HYPERLINK &quot;https://c.example/3&quot;">{t("приказ")}</w:fldSimple>'
    written = "https://d.example/4."
    title = p("Заполнить: ", by_relation, ", ", by_code, ", ", simple, ", ", written)
    found = only_row(roadmap(a_row(title)), links={"rId9": "https://a.example/1"})
    assert found.links == ("https://a.example/1", "https://b.example/2", "https://c.example/3", "https://d.example/4")
    assert found.title == "Заполнить: форма, таблица, приказ, https://d.example/4."


@pytest.mark.parametrize("target", ["javascript:alert(1)", "file:///etc/passwd", "\\\\server\\share", "vbscript:x"])
def test_a_link_that_no_button_may_carry_is_dropped(target: str) -> None:
    linked = f'<w:hyperlink r:id="rId9">{t("Создание штаба")}</w:hyperlink>'
    assert only_row(roadmap(a_row(p(linked))), links={"rId9": target}).links == ()


def test_a_letterhead_laid_out_as_a_table_gives_up_its_date_and_number() -> None:
    facts = read(p("ПРИКАЗ"), table(("от 10.12.2024", "№ 1074-р")), p("Об утверждении плана"), roadmap(a_row())).facts
    assert (facts.signed_on, facts.number, facts.title) == (date(2024, 12, 10), "1074-р", "Об утверждении плана")
