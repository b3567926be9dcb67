"""A station's settings: the examples load, mistakes come all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.devices import driver_options
from config.mistakes import SettingsRefused
from config.settings import Scanner, Server, Settings, load_settings, read_token

CONFIG = Path(__file__).parents[2] / "config"


def settings(tmp_path: Path, text: str) -> Settings:
    file = tmp_path / "station.toml"
    file.write_text(text, encoding="utf-8")
    return load_settings(file)


def refusal(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(SettingsRefused) as refused:
        settings(tmp_path, text)
    return [str(mistake) for mistake in refused.value.mistakes]


@pytest.mark.parametrize("file", sorted((CONFIG / "examples").glob("*.toml")), ids=lambda file: file.stem)
def test_every_example_loads_with_its_drivers(file: Path) -> None:
    loaded = load_settings(file)
    assert loaded.scanners
    assert all(driver_options("scanners", scanner) for scanner in loaded.scanners)
    assert all(driver_options("printers", printer) for printer in loaded.printers)


def test_the_default_file_says_what_is_when_left_out() -> None:
    loaded = load_settings(CONFIG / "default.toml")
    assert loaded == Settings(station="S1", database=CONFIG / "station")


def test_what_the_default_file_shows_commented_out_loads_too(tmp_path: Path) -> None:
    text = (CONFIG / "default.toml").read_text(encoding="utf-8")
    shown = [
        line.removeprefix("# ") if line.startswith(("# [", "# ")) and ("=" in line or "[" in line) else line for line in text.splitlines()
    ]
    loaded = settings(tmp_path, "\n".join(shown))
    assert loaded.server is not None
    assert loaded.scanners[0].driver == "serial_line"
    assert loaded.printers[0].options == {"host": "192.0.2.20"}


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    loaded = settings(tmp_path, 'station = "S"\n[server]\nurl = "https://x/"\ntoken_file = "a.token"\nca_file = "/etc/ca.pem"\n')
    assert loaded.database == tmp_path / "station"
    assert loaded.server is not None
    assert (loaded.server.url, loaded.server.token_file, loaded.server.ca_file) == ("https://x", tmp_path / "a.token", Path("/etc/ca.pem"))


def test_three_mistakes_are_told_at_once_with_line_and_nearest_name(tmp_path: Path) -> None:
    text = 'statoin = "S"\n\n[screen]\ntheme = "drak"\n\n[[scanners]]\nname = "a"\ndriver = "tpc"\n'
    told = refusal(tmp_path, text)
    assert len(told) == 4
    assert told[0].startswith("line 1: statoin: there is no such key here. Did you mean 'station'?")
    assert told[1].startswith("line 1: station: it is missing")
    assert told[2] == "line 4: screen.theme: got \"drak\", expected one of light, dark. Did you mean 'dark'?"
    assert told[3].startswith("line 8: scanners[0].driver: there is no 'tpc' in scanners. Did you mean 'tcp'?")


def test_a_driver_checks_its_own_options(tmp_path: Path) -> None:
    text = 'station = "S"\n[[scanners]]\nname = "a"\ndriver = "tcp"\n[scanners.options]\nhots = "h"\nport = 99999\n'
    told = refusal(tmp_path, text)
    assert [line.split(": ")[:2] for line in told] == [
        ["line 5", "scanners[0].options.host"],
        ["line 6", "scanners[0].options.hots"],
        ["line 7", "scanners[0].options.port"],
    ]
    assert "Did you mean 'host'?" in told[1]
    assert told[2].endswith("got 99999, expected less than or equal to 65535")


def test_two_devices_with_one_name_are_refused(tmp_path: Path) -> None:
    device = '[[scanners]]\nname = "a"\ndriver = "tcp"\noptions = { host = "h", port = 1 }\n'
    assert refusal(tmp_path, f'station = "S"\n{device}{device}') == [
        "line 7: scanners[1].name: there is a device 'a' already; each needs its own name"
    ]


def test_a_printer_is_asked_in_the_language_that_it_is_printed_in(tmp_path: Path) -> None:
    text = (
        'station = "S"\n[[printers]]\nname = "p"\ndriver = "network"\nlanguage = "escpos"\nmedia = "receipt80"\noptions = { host = "h" }\n'
    )
    printer = settings(tmp_path, text).printers[0]
    assert driver_options("printers", printer).model_dump()["language"] == "escpos"


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "pl", "pt", "vi"])
def test_the_screen_speaks_every_language_that_there_is(tmp_path: Path, language: str) -> None:
    assert settings(tmp_path, f'station = "S"\n[screen]\nlanguage = "{language}"\n').screen.language == language


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('[screen]\nlanguage = "xx"', 'got "xx", expected a language of the screen: de, en, es'),
        ("[screen]\nlanguage = 5", "screen.language: got 5, expected a language of the screen"),
        ("database = 5", "database: got 5, expected"),
        ('[server]\nurl = "ftp://x"', "expected an address like https://"),
        ('[server]\nurl = "https://ann:secret@x"', "expected an address like https://"),
        (
            '[[printers]]\nname = "p"\ndriver = "network"\nlanguage = "zpl"\nmedia = "10x5"\noptions = { host = "h" }',
            'got "10x5", expected a label\'s width x height',
        ),
        ("[screen]\npx_per_mm = 200", "screen.px_per_mm: got 200, expected less than or equal to 20"),
        ('[screen]\npx_per_mm = "x"', 'screen.px_per_mm: got "x", expected a number'),
        ('[screen]\nleft_handed = "yes"', 'got "yes", expected true or false'),
        ("x = ", "this is not TOML"),
        ("a = " + "[" * 5000 + "]" * 5000, "nested too deeply"),
    ],
)
def test_each_mistake_says_what_was_expected(tmp_path: Path, line: str, words: str) -> None:
    told = refusal(tmp_path, f'station = "S"\n{line}\n')
    assert len(told) == 1
    assert words in told[0]


def test_a_separator_is_no_character_of_a_lot_code(tmp_path: Path) -> None:
    scanner = 'station = "S"\n[[scanners]]\nname = "a"\ndriver = "tcp"\nseparator = "{}"\noptions = {{ host = "h", port = 1 }}\n'
    assert settings(tmp_path, scanner.format("|")).scanners == (
        Scanner(name="a", driver="tcp", separator="|", options={"host": "h", "port": 1}),
    )
    assert "expected one character" in refusal(tmp_path, scanner.format("A"))[0]


def test_the_token_is_read_or_its_file_named(tmp_path: Path) -> None:
    file = tmp_path / "station.token"
    server = Server(url="https://x", token_file=file)
    with pytest.raises(SettingsRefused, match=r"station\.token can't be used: there is no such file"):
        read_token(server)
    file.write_text("\n")
    with pytest.raises(SettingsRefused, match="expected one token"):
        read_token(server)
    file.write_text("abc.DEF\n")
    assert read_token(server) == "abc.DEF"
    assert read_token(Server(url="https://x")) == ""


def test_a_scanner_may_be_another_worker_s(tmp_path: Path) -> None:
    scanners = '[[scanners]]\nname = "a"\ndriver = "keyboard_wedge"\n[[scanners]]\nname = "b"\ndriver = "keyboard_wedge"\nseat = "2"\n'
    assert [each.seat for each in settings(tmp_path, f'station = "S"\n{scanners}').scanners] == ["1", "2"]


def test_more_seats_than_the_screen_has_room_for_are_refused(tmp_path: Path) -> None:
    scanners = "".join(f'[[scanners]]\nname = "s{seat}"\ndriver = "keyboard_wedge"\nseat = "{seat}"\n' for seat in range(4))
    (told,) = refusal(tmp_path, f'station = "S"\n{scanners}')
    assert "room for 3 seats, got 4: 0, 1, 2, 3" in told
