"""The single conditions of an SQL expression or function body: where each stands between its AND and OR."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

TOKEN = re.compile(
    r"""(?P<text>'(?:[^']|'')*'|"[^"]*")|(?P<comment>--[^\n]*)|(?P<open>[(\[])|(?P<close>[)\]])|(?P<end>;|,)"""
    r"""|(?P<word>[A-Za-z_][\w.]*)""",
    re.VERBOSE,
)
JOINS = {"AND", "OR"}
STARTS = {"WHERE", "ON", "IF", "WHEN", "HAVING", "THEN", "ELSE", "SELECT", "USING", "RETURN", "CHECK", "ELSIF"}
STOPS = STARTS | {
    "RETURNING", "GROUP", "ORDER", "LIMIT", "UNION", "JOIN", "LEFT", "END", "SET", "FROM", "LOOP", "INTO", "FOR", "AS",
}  # fmt: skip


@dataclass(frozen=True)
class Condition:
    """One operand: its place in the text, and the word that joins it to its neighbours (`WHERE` for a lone one)."""

    start: int
    end: int
    joined_by: str

    def text(self, sql: str) -> str:
        return " ".join(sql[self.start : self.end].split())

    def without(self, sql: str) -> str:
        """The SQL as if this condition stood for nothing: an AND loses a demand, an OR a way in."""
        return f"{sql[: self.start]} {'false' if self.joined_by == 'OR' else 'true'} {sql[self.end :]}"


@dataclass
class Level:
    """What was read at one depth of parentheses since the last boundary."""

    start: int
    after: str = ""
    seen: list[tuple[int, int]] = field(default_factory=list)
    joined_by: str = ""

    def join(self, word: str, start: int, end: int) -> None:
        """An AND or OR ends one operand and begins the next."""
        self.seen.append((self.start, start))
        self.start, self.joined_by = end, self.joined_by or word

    def finished(self, end: int) -> Iterator[Condition]:
        """The operands that end here."""
        if self.seen:
            for start, stop in [*self.seen, (self.start, end)]:
                yield Condition(start, stop, self.joined_by)
        elif self.after == "WHERE":
            yield Condition(self.start, end, "WHERE")


class Reader:
    """Walks over the tokens of a text, and notes the conditions that it leaves behind."""

    def __init__(self, sql: str) -> None:
        self.sql, self.levels, self.before, self.is_between = sql, [Level(0)], "", False

    def read(self) -> Iterator[Condition]:
        for token in TOKEN.finditer(self.sql):
            if token["text"]:
                yield from inside(token)
            elif token["open"]:
                self.levels.append(Level(token.end()))
            elif token["close"]:
                yield from self.levels.pop().finished(token.start())
            elif token["end"]:
                yield from self.begin_anew(token, "")
            elif token["word"]:
                yield from self.word(token, token["word"].upper())
        while self.levels:
            yield from self.levels.pop().finished(len(self.sql))

    def word(self, token: re.Match[str], word: str) -> Iterator[Condition]:
        """A join, a boundary, or a word of a condition; BETWEEN has an AND of its own, DISTINCT a FROM."""
        if word == "AND" and self.is_between:
            self.is_between = False
        elif word in JOINS:
            self.levels[-1].join(word, token.start(), token.end())
        elif word in STOPS and not (word == "FROM" and self.before == "DISTINCT"):
            yield from self.begin_anew(token, word)
        self.is_between = self.is_between or word == "BETWEEN"
        self.before = word

    def begin_anew(self, token: re.Match[str], word: str) -> Iterator[Condition]:
        yield from self.levels[-1].finished(token.start())
        self.levels[-1] = Level(token.end(), word if word in STARTS else "")


def conditions(sql: str) -> Iterator[Condition]:
    """Every operand of an AND or OR, and every condition that stands alone after WHERE, at any depth."""
    return Reader(sql).read()


def inside(text: re.Match[str]) -> Iterator[Condition]:
    """The conditions of a statement that a function holds as a text, to EXECUTE it."""
    if " WHERE " in text.group():
        shift = text.start() + 1
        for found in conditions(text.group()[1:-1]):
            yield Condition(found.start + shift, found.end + shift, found.joined_by)
