"""Lines from a descriptor."""

import os
from pathlib import Path

from bot.web.stdin import read_lines


async def test_lines_come_from_a_pipe_as_they_are_written() -> None:
    reading, writing = os.pipe()
    lines = read_lines(reading)
    os.write(writing, "перший\r\nsec".encode())
    assert await anext(lines) == "перший"
    os.write(writing, b"ond\n\nlast")
    assert await anext(lines) == "second"
    os.close(writing)
    assert [line async for line in lines] == ["", "last"]
    os.close(reading)


async def test_a_character_may_come_in_two_pieces() -> None:
    reading, writing = os.pipe()
    lines = read_lines(reading)
    first, second = "й".encode()
    os.write(writing, b"one\n" + bytes([first]))
    assert await anext(lines) == "one"
    os.write(writing, bytes([second]) + b"\n")
    os.close(writing)
    assert [line async for line in lines] == ["й"]
    os.close(reading)


async def test_lines_come_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "questions.txt"
    path.write_text("one\ntwo\n")
    with path.open() as file:
        assert [line async for line in read_lines(file.fileno())] == ["one", "two"]


async def test_a_descriptor_that_cannot_be_read_is_the_end(tmp_path: Path) -> None:
    with (tmp_path / "out").open("w") as file:
        assert [line async for line in read_lines(file.fileno())] == []
