"""What the browsers are told: which site there is now, and what was found.

In: sites and findings, from the thread that builds. Out: messages, to as many threads as have a browser waiting.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from threading import Condition
from typing import Any

from ledger import texts
from ledger.engine.live import LiveSite
from ledger.serve.findings import Finding

SHOWN = 100
"""How many findings the overlay lists."""


class News:
    """The present state, for all threads."""

    def __init__(self) -> None:
        self._changed = Condition()
        self.site: LiveSite | None = None
        """The last good site."""
        self.findings: tuple[Finding, ...] = ()
        """What was found in the latest state of the content, which need not be that of the site."""
        self._viewed: Counter[str] = Counter()
        self._number = 0
        self.is_closed = False
        """Whether there will be no more news."""
        self.texts = texts.english()
        """In what words they are told: those of the latest content."""

    def tell(self, findings: Iterable[Finding], site: LiveSite | None = None) -> None:
        """Give out findings, with a new site if there is one."""
        with self._changed:
            self.findings = tuple(findings)
            self.site = site or self.site
            self._number += 1
            self._changed.notify_all()

    def close(self) -> None:
        """Let everyone go who waits."""
        with self._changed:
            self.is_closed = True
            self._changed.notify_all()

    def after(self, number: int, timeout: float) -> tuple[int, str]:
        """The number of the present news and their message, when they are others than `number`, or after `timeout`.

        The message is empty when nothing has changed by then.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._number != number or self.is_closed, timeout)
            changed = self._number != number and not self.is_closed
            return self._number, self.message() if changed else ""

    def message(self) -> str:
        """The present state as JSON."""
        with texts.spoken(self.texts):
            return json.dumps(self._state())

    def _state(self) -> Mapping[str, Any]:
        levels = Counter(finding.level for finding in self.findings)
        count = ", ".join(texts.say(f"serve.{level}", count=levels[level]) for level in sorted(levels))
        left = len(self.findings) - SHOWN
        return {
            "site": self.site.digest if self.site else "",
            "errors": levels["error"],
            "count": count,
            "title": texts.say("serve.errors" if levels["error"] else "serve.findings", count=count),
            "close": texts.say("serve.close"),
            "findings": [
                asdict(one) | {"hint": texts.say("serve.hint", hint=one.hint) if one.hint else ""}
                for one in self.findings[:SHOWN]
            ],
            "more": texts.say("serve.more", count=left) if left > 0 else "",
        }

    @contextmanager
    def watching(self, address: str) -> Iterator[None]:
        """While a browser shows a page."""
        with self._changed:
            self._viewed[address] += 1
        try:
            yield
        finally:
            with self._changed:
                self._viewed[address] -= 1

    def viewed(self) -> list[str]:
        """The pages that are open in a browser."""
        with self._changed:
            return sorted(address for address, count in self._viewed.items() if count > 0)
