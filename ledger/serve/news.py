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
        self._site: LiveSite | None = None
        self._findings: tuple[Finding, ...] = ()
        self._viewed: Counter[str] = Counter()
        self._number = 0
        self._closed = False
        self.texts = texts.english()
        """In what words they are told: those of the latest content."""

    @property
    def site(self) -> LiveSite | None:
        """The last good site."""
        return self._site

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found in the latest state of the content, which need not be that of the site."""
        return self._findings

    @property
    def is_closed(self) -> bool:
        """Whether there will be no more news."""
        return self._closed

    def tell(self, findings: Iterable[Finding], site: LiveSite | None = None) -> None:
        """Give out findings, with a new site if there is one."""
        with self._changed:
            self._findings = tuple(findings)
            self._site = site or self._site
            self._number += 1
            self._changed.notify_all()

    def close(self) -> None:
        """Let everyone go who waits."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def after(self, number: int, timeout: float) -> tuple[int, str]:
        """The number of the present news and their message, when they are others than `number`, or after `timeout`.

        The message is empty when nothing has changed by then.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._number != number or self._closed, timeout)
            changed = self._number != number and not self._closed
            return self._number, self.message() if changed else ""

    def message(self) -> str:
        """The present state as JSON."""
        with texts.spoken(self.texts):
            return json.dumps(self._state())

    def _state(self) -> Mapping[str, Any]:
        levels = Counter(finding.level for finding in self._findings)
        count = ", ".join(texts.say(f"serve.{level}", count=levels[level]) for level in sorted(levels))
        left = len(self._findings) - SHOWN
        return {
            "site": self._site.digest if self._site else "",
            "errors": levels["error"],
            "count": count,
            "title": texts.say("serve.errors" if levels["error"] else "serve.findings", count=count),
            "close": texts.say("serve.close"),
            "findings": [
                asdict(one) | {"hint": texts.say("serve.hint", hint=one.hint) if one.hint else ""}
                for one in self._findings[:SHOWN]
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
