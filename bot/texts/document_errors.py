"""What a person is told when a document cannot be read: one sentence that says what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from bot.domain.documents import DocumentFault


class DocumentFailure(Protocol):
    """The shape of ``bot.documents.errors.DocumentError``, which the words must not import."""

    @property
    def code(self) -> DocumentFault: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...


def explain(error: DocumentFailure) -> str:
    """A Russian sentence for every fault."""
    return _SENTENCES[error.code](error.facts)


def _too_large(facts: Mapping[str, Any]) -> str:
    if facts.get("what") == "file":
        return f"Файл больше {facts['limit'] // (1024 * 1024)} МБ. Оставьте в нём только документ и пришлите ещё раз."
    return "Внутри файла больше данных, чем бывает в документе. Скопируйте таблицу в новый файл .docx и пришлите его."


def _unknown_columns(facts: Mapping[str, Any]) -> str:
    names = [_COLUMNS[name] for name in facts.get("missing", ()) if name in _COLUMNS]
    doubled = [_COLUMNS[name] for name in facts.get("ambiguous", ()) if name in _COLUMNS]
    if names:
        return (
            f"Таблица есть, но по её заголовку не видно столбца {_listed(names)}. Назовите столбцы и пришлите ещё раз."
        )
    if doubled:
        return f"В таблице несколько столбцов подходят под {_listed(doubled)}. Оставьте один и пришлите ещё раз."
    return (
        "Таблица есть, но по её заголовку не понять, где мероприятие и где срок. Назовите столбцы и пришлите ещё раз."
    )


def _unsupported(facts: Mapping[str, Any]) -> str:
    name = f"Файлы .{facts['format']}" if facts.get("format") else "Такие файлы"
    return f"{name} бот пока не читает. Пришлите документ .docx или текст .txt."


def _plainly(sentence: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda facts: sentence


def _listed(names: list[str]) -> str:
    return " и ".join(f"«{name}»" for name in names)


_COLUMNS = {"title": "Мероприятие", "phrase": "Срок"}

_SENTENCES: Mapping[DocumentFault, Callable[[Mapping[str, Any]], str]] = {
    DocumentFault.EMPTY_FILE: _plainly("Файл пуст. Проверьте его и пришлите ещё раз."),
    DocumentFault.TOO_LARGE: _too_large,
    DocumentFault.NOT_A_DOCX: _plainly(
        "Это не документ Word, хотя назван так. Откройте файл и сохраните его как .docx."
    ),
    DocumentFault.DAMAGED: _plainly("Файл повреждён. Откройте его в Word и сохраните как .docx заново."),
    DocumentFault.ENCRYPTED: _plainly("Файл закрыт паролем. Сохраните его без пароля и пришлите ещё раз."),
    DocumentFault.OLD_WORD_FORMAT: lambda facts: (
        f"Это старый формат .{facts.get('format', 'doc')}. Откройте файл и сохраните как .docx."
    ),
    DocumentFault.UNSUPPORTED_FORMAT: _unsupported,
    DocumentFault.UNREADABLE_TEXT: _plainly(
        "Не удалось понять кодировку текста. Сохраните файл как «Текст Юникод (UTF-8)» или как .docx."
    ),
    DocumentFault.NO_TABLE: _plainly(
        "В документе нет ни таблицы мероприятий, ни решений со строкой «Срок». Проверьте, тот ли это файл."
    ),
    DocumentFault.EMPTY_TABLE: _plainly("В таблице есть только заголовок: ни одного мероприятия под ним нет."),
    DocumentFault.UNKNOWN_COLUMNS: _unknown_columns,
    DocumentFault.TIMED_OUT: _plainly(
        "Документ читался слишком долго и был отложен. Оставьте в файле только таблицу и пришлите ещё раз."
    ),
    DocumentFault.OUT_OF_MEMORY: _plainly(
        "Документ слишком велик для чтения. Оставьте в файле только таблицу и пришлите ещё раз."
    ),
    DocumentFault.READER_FAILED: _plainly(
        "Документ прочитать не удалось. Скопируйте таблицу в новый файл .docx и пришлите его."
    ),
}
