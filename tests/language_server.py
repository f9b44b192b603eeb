"""A small client of yaml-language-server: what an editor would show and offer, asked over its standard streams.

In: a folder as the workspace, with its `.vscode/settings.json`. Out: diagnostics, completions and hovers.
"""

import json
import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any

PROGRAM = os.environ.get("LEDGER_YAMLLS", "yaml-language-server")
ENOUGH = 60
"""Seconds after which a server that says nothing is stopped."""


@contextmanager
def editing(workspace: Path) -> Iterator["Editor"]:
    """An editor that has opened a folder; it never asks the network for schemas."""
    command = [PROGRAM, "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        try:
            yield Editor(server, workspace)
        finally:
            server.kill()


class Editor:
    """One conversation with the server."""

    def __init__(self, server: subprocess.Popen[bytes], workspace: Path) -> None:
        self.server, self.workspace = server, workspace
        self.settings = nested(json.loads((workspace / ".vscode/settings.json").read_text(encoding="utf-8")))
        self.settings["yaml"] |= {"schemaStore": {"enable": False}, "completion": True, "hover": True, "validate": True}
        self.asked = self.opened = 0
        self.diagnostics: dict[str, list[dict[str, Any]]] = {}
        folders = [{"uri": workspace.as_uri(), "name": workspace.name}]
        can = {"workspace": {"configuration": True}, "textDocument": {"hover": {"contentFormat": ["markdown"]}}}
        self.ask("initialize", processId=None, rootUri=workspace.as_uri(), workspaceFolders=folders, capabilities=can)
        self.tell("initialized")
        self.tell("workspace/didChangeConfiguration", settings=self.settings)
        while not self.problems({"content/site.yml": "no-such-field: 1"}):
            pass  # until the settings have arrived

    def problems(self, texts: Mapping[str, str]) -> dict[str, list[tuple[int, str]]]:
        """What is wrong with files that have something wrong in them: lines, counted from 1, and messages."""
        self.open(texts)
        found = {path: self.diagnostics[self.uri(path)] for path in texts}
        self.close(texts)
        return {
            path: sorted((one["range"]["start"]["line"] + 1, one["message"]) for one in wrong)
            for path, wrong in found.items()
            if wrong
        }

    def offers(self, path: str, before: str) -> dict[str, str]:
        """What can be typed at the end of a text: the words, and what is written for each."""
        answer = self.at_the_end("completion", path, before)
        return {one["label"]: one.get("insertText") or one["textEdit"]["newText"] for one in answer["items"]}

    def tells(self, path: str, before: str, after: str) -> str:
        """What is said of a place in a text."""
        answer = self.at_the_end("hover", path, before, after)
        return answer["contents"]["value"] if answer else ""

    def at_the_end(self, question: str, path: str, before: str, after: str = "") -> Any:
        self.open({path: before + after})
        lines = before.split("\n")
        position = {"line": len(lines) - 1, "character": len(lines[-1])}
        answer = self.ask(f"textDocument/{question}", textDocument={"uri": self.uri(path)}, position=position)
        self.close([path])
        return answer

    def open(self, texts: Mapping[str, str]) -> None:
        """Open files and wait for what is said of them. The server remembers texts by version: no two have the same."""
        for path, text in texts.items():
            self.opened += 1
            document = {"uri": self.uri(path), "languageId": "yaml", "version": self.opened, "text": text}
            self.tell("textDocument/didOpen", textDocument=document)
        self.wait_for(texts)

    def close(self, texts: Iterable[str]) -> None:
        """Close files and wait until that is known, lest it be taken for what is said of the next of that name."""
        self.diagnostics.clear()
        for path in texts:
            self.tell("textDocument/didClose", textDocument={"uri": self.uri(path)})
        self.wait_for(texts)
        self.diagnostics.clear()

    def wait_for(self, paths: Iterable[str]) -> None:
        while not {self.uri(path) for path in paths} <= set(self.diagnostics):
            self.hear()

    def uri(self, path: str) -> str:
        return (self.workspace / path).as_uri()

    def ask(self, method: str, **params: Any) -> Any:
        self.asked += 1
        self.send({"id": self.asked, "method": method, "params": params})
        while True:
            message = self.hear()
            if message.get("id") == self.asked and "method" not in message:
                return message["result"]

    def tell(self, method: str, **params: Any) -> None:
        self.send({"method": method, "params": params})

    def send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(data), data))
        self.server.stdin.flush()

    def hear(self) -> dict[str, Any]:
        """The next message of the server; its own questions are answered."""
        watch = Timer(ENOUGH, self.server.kill)
        watch.start()
        length = 0
        while line := self.server.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        message = json.loads(self.server.stdout.read(length))
        watch.cancel()
        if message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            items = message["params"].get("items", []) if message["method"] == "workspace/configuration" else []
            self.send({"id": message["id"], "result": [self.settings.get(item.get("section")) for item in items]})
        return message


def nested(settings: dict[str, Any]) -> dict[str, Any]:
    """Settings as VS Code hands them on: `yaml.schemas` as `schemas` in `yaml`."""
    made: dict[str, Any] = {}
    for name, value in settings.items():
        first, _, rest = name.partition(".")
        if rest:
            deeper = nested({rest: value})
            made.setdefault(first, {}).update(deeper)
        else:
            made[name] = value
    return made
