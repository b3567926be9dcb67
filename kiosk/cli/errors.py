"""How a command says no to a person: words on standard error and an exit code, never a traceback."""

from __future__ import annotations

DONE = 0
ANSWER_IS_NO = 1
WRONG_USAGE = 2


class CommandError(Exception):
    """A command can't go on: `words` say what was got, what was expected and what to do."""

    def __init__(self, words: str, exit_code: int = WRONG_USAGE) -> None:
        super().__init__(words)
        self.words = words
        self.exit_code = exit_code
