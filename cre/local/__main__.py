"""`python -m cre.local COMMAND`: servers and processes on this machine."""

import argparse
import shlex
import sys

from cre.local.demo import run_demo, stop_demo
from cre.local.environment import world_environment
from cre.local.errors import LocalError
from cre.local.running import run_in_world, run_tests
from cre.local.servers import keep_servers, stop_servers
from cre.local.worlds import NAMES, World, world_named


def main(arguments: list[str]) -> int:
    """Run one command; 1 and a sentence where something is missing."""
    options, rest = _parser().parse_known_args(arguments)
    try:
        return _carry_out(options, rest)
    except LocalError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m cre.local", description=__doc__, allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, help_text in {
        "env": "print the environment variables of a world as shell exports",
        "up": "start the servers of a world and leave them running",
        "down": "stop the servers of a world",
        "run": "run a command in a world: run NAME -- COMMAND …",
    }.items():
        command = commands.add_parser(name, help=help_text, allow_abbrev=False)
        command.add_argument("world", metavar="NAME", help=", ".join(NAMES))
    commands.add_parser("demo", help="the whole product in the foreground; PORT and HOST say where")
    commands.add_parser("stop", help="end a demo that runs elsewhere")
    commands.add_parser("clean", help="stop everything of this clone and remove its data")
    commands.add_parser("test", help="run the tests; what follows goes to pytest", add_help=False)
    return parser


def _carry_out(options: argparse.Namespace, rest: list[str]) -> int:
    if options.command == "test":
        return run_tests(rest)
    if options.command == "run":
        return run_in_world(world_named(options.world), rest[1:] if rest[:1] == ["--"] else rest)
    if rest:
        raise LocalError(f"“{' '.join(rest)}” is not understood after {options.command}.")
    if options.command in ("demo", "stop", "clean"):
        return _carry_out_for_demo(options.command)
    return _carry_out_for_servers(options.command, world_named(options.world))


def _carry_out_for_demo(command: str) -> int:
    demo = world_named("demo")
    if command == "demo":
        return run_demo(demo)
    ended = stop_demo(demo)
    if command == "clean":
        for name in NAMES:
            stop_servers(world_named(name))
            world_named(name).remove()
    print("The demo has ended." if ended else "No demo was running.")
    return 0


def _carry_out_for_servers(command: str, world: World) -> int:
    if command == "env":
        print(exports(world))
    elif command == "up":
        keep_servers(world)
        print(f"The servers of “{world.name}” are running.")
    else:
        print(f"The servers of “{world.name}” {'have stopped' if stop_servers(world) else 'were not running'}.")
    return 0


def exports(world: World) -> str:
    """The world's variables as lines for a shell."""
    return "\n".join(f"export {name}={shlex.quote(value)}" for name, value in sorted(world_environment(world).items()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
