"""The witness of the suite's logs: what it takes for a betrayal."""

from __future__ import annotations

import logging
import subprocess
import sys

import pytest
import structlog

from tests.log_witness import LogWitness

TOKEN = "123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"


@pytest.mark.parametrize(
    ("line", "is_betrayal", "reason"),
    [
        (f"POST /bot{TOKEN}/getMe", True, "a token"),
        ("refused: Кузнецов Олег", True, "made by a factory, without a patronymic"),
        ("refused: person 17, assignment 3", False, "internal ids"),
        ("report «Владимирская область, Комплекс мер»", False, "words that are no name"),
    ],
)
def test_what_betrays_somebody(line: str, is_betrayal: bool, reason: str) -> None:
    witness = LogWitness()
    witness.meet("Кузнецов Олег")
    witness.read(line)
    assert bool(witness.betrayals) is is_betrayal, reason


def test_it_hears_this_test_like_every_other(log_witness: LogWitness) -> None:
    log_witness.meet("Смирнова Дарья Павловна")
    structlog.get_logger().info("refused", detail="Смирнова Дарья Павловна")
    logging.getLogger("a library").warning("for Смирнова Дарья Павловна")
    assert len(log_witness.betrayals) == 2
    log_witness.forget()


def test_it_hears_the_processes_that_a_test_starts(log_witness: LogWitness, capfd: pytest.CaptureFixture[str]) -> None:
    log_witness.meet("Смирнова Дарья Павловна")
    child = "import sys; print('refused: Смирнова Дарья Павловна', file=sys.stderr); print('Смирнова Дарья Павловна')"
    subprocess.run([sys.executable, "-X", "utf8", "-c", child], check=True)
    out, err = capfd.readouterr()
    log_witness.hear([("Captured stdout call", out), ("Captured stderr call", err)])
    assert log_witness.betrayals == ["refused: Смирнова Дарья Павловна"], "what a command prints is no log"
    log_witness.forget()
