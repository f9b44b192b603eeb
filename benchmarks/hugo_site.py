"""Write the same records as a Hugo site: HTML and JSON for each, backlinks by taxonomy.

Every record is a page whose front matter holds its fields. The records that it names are terms of the taxonomy `refs`;
a page lists the pages that carry its own id as a term, with their titles. The terms have no pages of their own.
The navigation is made once (`partialCached`): `site.Sections` goes through all pages at each call, so that a base
template with it in every page takes time quadratic in their number.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from generate import Mix, Record, prose, records

TITLES = ("title", "statement", "name", "term")
LINK = re.compile(r"\[\[([a-z0-9-]+)\]\]|\[@([a-z0-9-]+)\]")
FILES = {
    "hugo.yaml": """\
baseURL: https://example.org/
title: Generated
disableKinds: [RSS, robotsTXT, "404"]
taxonomies: {ref: refs, tag: tags}
outputs: {home: [html, json], section: [html, json], page: [html, json], taxonomy: [html], term: [html]}
cascade:
  - target: {path: "/refs/**"}
    build: {render: never}
  - target: {path: "/refs"}
    build: {render: never}
""",
    "layouts/_default/baseof.html": """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }} · {{ site.Title }}</title>
<link rel="canonical" href="{{ .Permalink }}"></head>
<body><nav><a href="/">{{ site.Title }}</a>
{{ partialCached "nav.html" . }}</nav>
<main>{{ block "main" . }}{{ end }}</main><footer><a href="index.json">This page as JSON</a></footer></body></html>
""",
    "layouts/partials/nav.html": """\
{{ range site.Sections }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}
""",
    "layouts/_default/list.html": """\
{{ define "main" }}<h1>{{ .Title }}</h1>
<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul>{{ end }}
""",
    "layouts/_default/list.json": """\
{{ $pages := slice -}}
{{ range .Pages }}{{ $pages = $pages | append (dict "title" .Title "url" .RelPermalink) }}{{ end -}}
{{ dict "title" .Title "pages" $pages | jsonify }}
""",
    "layouts/_default/single.html": """\
{{ define "main" }}<h1>{{ .Title }}</h1>
{{ template "value" .Params.record }}
{{ .Content }}
<h2>Names</h2><ul>{{ range .Params.named }}{{ with site.GetPage . -}}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}{{ end }}</ul>
<h2>Named by</h2><ul>{{ range index site.Taxonomies.refs .Params.key -}}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul>{{ end }}
{{ define "value" -}}
{{ if reflect.IsSlice . }}<ul>{{ range . }}<li>{{ template "value" . }}</li>{{ end }}</ul>
{{- else if reflect.IsMap . }}<dl>{{ range $name, $it := . }}<dt>{{ $name }}</dt><dd>
{{- if eq $name "source" }}{{ with site.GetPage (printf "/sources/%s" $it) -}}
<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ else }}{{ template "value" $it }}{{ end }}</dd>
{{ end }}</dl>
{{- else }}{{ . }}{{ end }}{{ end }}
""",
    "layouts/_default/single.json": """\
{{ $by := slice -}}
{{ range index site.Taxonomies.refs .Params.key }}{{ $by = $by | append .RelPermalink }}{{ end -}}
{{ $it := dict "id" .Params.key "url" .RelPermalink "title" .Title "record" .Params.record "body" .RawContent -}}
{{ merge $it (dict "names" .Params.named "named_by" $by) | jsonify }}
""",
}


def write(folder: Path, count: int, mix: Mix | None = None) -> None:
    """Write the site of so many records."""
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    folders = {record.id: record.folder for record in records(count, mix)}
    for record in records(count, mix):
        file = folder / "content" / record.folder / f"{record.id}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page(record, folders), encoding="utf-8")


def page(record: Record, folders: dict[str, str]) -> str:
    """A record as one of Hugo's pages."""
    names = sorted({name for name in named([record.fields, record.body]) if name in folders and name != record.id})
    front = {
        "title": next(record.fields[key] for key in TITLES if key in record.fields),
        "key": record.id,
        "refs": names,
        "named": [f"/{folders[name]}/{name}" for name in names],
        "tags": record.fields.get("tags", []),
        "record": record.fields,
    }
    body = LINK.sub(lambda found: linked(found[1] or found[2], folders), record.body)
    return prose(front, body)


def linked(name: str, folders: dict[str, str]) -> str:
    """A link in Markdown."""
    return f"[{name}](/{folders[name]}/{name}/)"


def named(value: Any) -> Iterator[str]:
    """Every text that may be an id, and those that a text links to."""
    if isinstance(value, str):
        yield value
        yield from (one or other for one, other in LINK.findall(value))
    elif isinstance(value, dict):
        yield from named(list(value.values()))
    elif isinstance(value, Iterable):
        for part in value:
            yield from named(part)
