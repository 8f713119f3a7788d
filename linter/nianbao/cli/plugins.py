"""``nianbao plugins``: list the plugins and their contributions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from nianbao.cli import ExitCode
from nianbao.cli.options import LANG, OUTPUT, voice_of
from nianbao.cli.output_file import open_output
from nianbao.messages import Text
from nianbao.outputs.exactjson import escaped
from nianbao.plugins.host import load

if TYPE_CHECKING:
    from nianbao.messages import Language
    from nianbao.plugins.registry import Plugins
    from nianbao.voice import Voice

_HELP = """列出插件：名称、版本和各自提供的东西；有坏的，退出码为 2。

List the plugins: name, version and what each gives, what ships with nianbao first. Exit code 2 if one is broken.
"""
_BROKEN = Text("坏了", "broken")
_HOOKS = {
    "packs": Text("规则包", "packs"),
    "forms": Text("格式", "forms"),
    "readers": Text("读取", "readers"),
    "editors": Text("改写", "editors"),
    "kinds": Text("规则种类", "kinds"),
    "functions": Text("函数", "functions"),
    "outputs": Text("输出", "outputs"),
    "checks": Text("检查函数", "checks"),
}


@click.command("plugins", help=_HELP, short_help="列出插件 list the plugins")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="输出格式 output")
@OUTPUT
@LANG
def command(*, form: str, output: str | None, lang: Language | None) -> int:
    """Print the plugins and return the exit code."""
    plugins, voice = load(), voice_of(lang)
    with open_output(output) as stream:
        stream.write(_json(voice, plugins) if form == "json" else _text(voice, plugins))
    return ExitCode.USAGE if plugins.broken else ExitCode.CLEAN


def _json(voice: Voice, plugins: Plugins) -> str:
    data = {
        "plugins": [plugin._asdict() for plugin in plugins.loaded],
        "broken": [{"name": plugin.name, "error": voice.say(plugin.error)} for plugin in plugins.broken],
    }
    return escaped(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"


def _text(voice: Voice, plugins: Plugins) -> str:
    lines = []
    for plugin in plugins.loaded:
        lines.append(f"{plugin.name} {plugin.version}".rstrip())
        lines += [f"  {voice.say(_HOOKS[hook])}: {', '.join(names)}" for hook, names in plugin.gives.items()]
    lines += [f"{plugin.name}\n  {voice.say(_BROKEN)}: {voice.say(plugin.error)}" for plugin in plugins.broken]
    return "\n".join(lines) + "\n"
