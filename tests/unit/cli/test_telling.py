"""What goes wrong is told in the language of the run, with no traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nianbao.cli.mistakes import tell, wanted_voice
from nianbao.voice import ENGLISH, Voice

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from nianbao.messages import Language

    Run = Callable[..., subprocess.CompletedProcess[str]]

CLEAN = "examples/linjiang-2024.txt"


@pytest.mark.parametrize(
    ("arguments", "spoken", "usual", "lang"),
    [
        ([], {}, None, "zh"),
        ([], {}, "en", "en"),
        ([], {}, "fr", "zh"),
        (["check", "--lang", "en"], {}, None, "en"),
        (["check", "--lang=en"], {}, "zh", "en"),
        (["check", "--lang=zh"], {}, "en", "zh"),
        (["check", "--lang=en", "--lang", "zh"], {}, None, "zh"),
        (["check", "--lang", "fr"], {}, "en", "en"),
        (["check", "--lang"], {}, "en", "en"),
        (["check", "--", "--lang=en"], {}, None, "zh"),
        (["check", "x"], {"voice": ENGLISH}, None, "en"),
        (["check", *["x"] * 1000, "--lang=en"], {}, None, "zh"),
    ],
)
def test_the_language_is_that_of_the_run(
    arguments: list[str], spoken: dict[str, Voice], usual: str | None, lang: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What settings said, else the last ``--lang`` that is one, else the variable, else Chinese."""
    monkeypatch.delenv("NIANBAO_LANG", raising=False)
    if usual is not None:
        monkeypatch.setenv("NIANBAO_LANG", usual)

    assert wanted_voice(arguments, spoken) == Voice(lang)


@pytest.mark.parametrize(
    ("arguments", "chinese", "english"),
    [
        (["check", CLEAN, "--colour"], "没有选项 --colour", "No such option"),
        (["check"], "缺少 PATH…", "Missing argument"),
        (["check", CLEAN, "--fail-on", "x"], "--fail-on 的值不对", "Invalid value for '--fail-on'"),
        (["check", CLEAN, "--output"], "选项 --output 用得不对", "Option '--output' requires an argument."),
        (["eval", "a", CLEAN, "b"], "用法不对", "Got unexpected extra argument"),
        (["new", "rule", "Z001"], "缺少 --pack", "Missing option"),
    ],
)
def test_a_wrong_call_is_told_in_both_languages(nianbao: Run, arguments: list[str], chinese: str, english: str) -> None:
    """In Chinese with what click says behind; in English as click says it."""
    told = {lang: nianbao(*arguments, NIANBAO_LANG=lang) for lang in ("zh", "en")}

    assert [one.returncode for one in told.values()] == [2, 2]
    assert f"错误：{chinese}（" in told["zh"].stderr
    assert english in told["zh"].stderr
    assert f"Error: {english}" in told["en"].stderr
    assert "Traceback" not in told["zh"].stderr + told["en"].stderr


@pytest.mark.parametrize(
    ("arguments", "chinese", "english"),
    [
        (
            ["--select", "A0003"],
            "没有编号为“A0003”的规则；是不是 A003？",
            "no rule has the code 'A0003'; did you mean A003?",
        ),
        (["--format", "xml"], "没有输出格式“xml”", "no output 'xml'"),
        (["--plugin", "none"], "需要的插件“none”没有安装", "plugin 'none' is needed, but not installed"),
        (["-", "--prior", "-"], "标准输入（-）只能写一次", "standard input (-) can be read only once"),
        (["-", "-"], "标准输入（-）只能写一次", "standard input (-) can be read only once"),
        (["--output", "none/x.txt"], "无法写入“none/x.txt”：没有这个文件或文件夹", "cannot write 'none/x.txt': "),
    ],
)
def test_what_cannot_be_carried_out_is_told_in_one_line(
    nianbao: Run, tmp_path: Path, repo: Path, arguments: list[str], chinese: str, english: str
) -> None:
    """Of the language asked for, and nothing of the other."""
    for lang, start, said in (("zh", "nianbao：", chinese), ("en", "nianbao: ", english)):
        done = nianbao("check", repo / CLEAN, *arguments, "--lang", lang, cwd=tmp_path)

        assert done.returncode == 2
        assert done.stderr.startswith(start + said)
        assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "content", "chinese"),
    [
        ("none", None, "没有这个规则包"),
        ("latin", "é".encode("latin-1"), "无法读取：不是 UTF-8 编码；请另存为 UTF-8"),
    ],
)
def test_a_pack_that_cannot_be_read_is_told(
    nianbao: Run, tmp_path: Path, name: str, content: bytes | None, chinese: str
) -> None:
    """With its name in front, and what to do."""
    if content is not None:
        (tmp_path / name).write_bytes(content)

    done = nianbao("check", CLEAN, "--pack", tmp_path / name)

    assert done.stderr.startswith(f"{tmp_path / name}: {chinese}")


def test_settings_say_in_which_language_the_rest_is_told(nianbao: Run, tmp_path: Path) -> None:
    """What is wrong later is told in the language that the file asks for; the command line wins over it."""
    settings = tmp_path / "nianbao.yaml"
    settings.write_text("lang: en\nselect: [Q9]\n", encoding="utf-8")

    assert "no rule has the code 'Q9'" in nianbao("check", CLEAN, "--settings", settings).stderr
    assert "没有编号为“Q9”的规则" in nianbao("check", CLEAN, "--settings", settings, "--lang", "zh").stderr


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "内部错误（KeyError: 'x'）"), ("en", "internal error (KeyError: 'x')")]
)
def test_an_error_of_nianbao_itself_is_told_in_one_line(
    lang: Language, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With how to report it."""
    tell(Voice(lang), KeyError("x"))

    err = capsys.readouterr().err
    assert said in err
    assert "NIANBAO_DEBUG=1" in err
    assert err.count("\n") == 1
