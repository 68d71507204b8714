"""The command line: one click group; each room's commands live in bot/commands_*.py and are loaded when called."""

from __future__ import annotations

import importlib
import sys

import click

from nlp.collector import no_collection

# name → "module:attribute", so that `youshi when` does not pay for importing a web server.
COMMANDS = {
    "backup": "bot.commands_backup:backup_command",
    "classify": "bot.commands_topics:classify",
    "demo": "bot.commands_server:demo_command",
    "doctor": "bot.commands_doctor:doctor_command",
    "fake-platform": "bot.commands_platform:fake_platform_command",
    "menu": "bot.commands_menu:menu_command",
    "migrate": "bot.commands_server:migrate_command",
    "roster": "bot.commands_roster:roster",
    "rules": "bot.commands_topics:rules",
    "serve": "bot.commands_server:serve_command",
    "understand": "bot.commands_words:understand",
    "verify": "bot.commands_polls:verify",
    "when": "bot.commands_words:when",
    "work": "bot.commands_server:work_command",
}


class LazyGroup(click.Group):
    """A group whose commands are imported only when they are called or listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        target = COMMANDS.get(cmd_name)
        if target is None:
            return None
        module, attribute = target.split(":")
        with no_collection():
            command: click.Command = getattr(importlib.import_module(module), attribute)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Youshi: a village talks, decides and follows up inside WeChat."""


def main() -> None:
    """Run the command line; 0 ok, 1 refused with one line on stderr, 2 usage."""
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.UsageError as wrong:
        wrong.show()
        sys.exit(2)
    except click.ClickException as refused:
        click.echo(refused.format_message(), err=True)
        sys.exit(1)
    except click.Abort:
        sys.exit(130)


if __name__ == "__main__":
    main()
