"""The names of licences for content, as SPDX writes them.

In: what stands for a licence. Out: whether it is an identifier of the SPDX License List (3.25), a sum of such, a
`LicenseRef-` of one's own, or an address; and the identifier that another way of writing means.
"""

import re

_FORMS = (
    r"CC-BY(?:-NC)?(?:-ND|-SA)?-(?:1\.0|2\.0|2\.5|3\.0|4\.0)(?:-(?:AT|AU|DE|FR|IGO|JP|NL|UK|US))?",
    r"CC-PDDC|CC-SA-1\.0|CC0-1\.0|CC-PDM-1\.0",
    r"ODbL-1\.0|ODC-By-1\.0|PDDL-1\.0|DL-DE-(?:BY|ZERO)-2\.0|C-UDA-1\.0|CDLA-(?:Permissive-[12]\.0|Sharing-1\.0)",
    r"OGL-(?:Canada-2\.0|UK-[123]\.0)|OGTSL|etalab-2\.0|Etalab-2\.0|NLOD-[12]\.0|TU-Berlin-[12]\.0|OPUBL-1\.0",
    r"GFDL-1\.[123](?:-(?:no-)?invariants)?(?:-only|-or-later)?|FreeBSD-DOC|LAL-1\.[23]|FDK-AAC|Linux-man-pages-copyleft",
    r"(?:A?GPL|LGPL)-(?:1\.0|2\.0|2\.1|3\.0)(?:-only|-or-later|\+)?|EUPL-1\.[012]|MPL-(?:1\.[01]|2\.0)|EPL-[12]\.0",
    r"MIT(?:-0)?|Apache-(?:1\.[01]|2\.0)|BSD-[1-4]-Clause(?:-Clear)?|0BSD|ISC|Zlib|Unlicense|WTFPL|BSL-1\.0|Artistic-[12]\.0",
    r"OFL-1\.[01]|CERN-OHL-[PSW]-2\.0|Unicode-3\.0|PostgreSQL|Python-2\.0|W3C|UPL-1\.0|MulanPSL-[12]\.0|CECILL-2\.1",
    r"(?:DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+",
)
_KNOWN = re.compile("|".join(_FORMS))
_CREATIVE = re.compile(r"cc(by|byncsa|byncnd|bync|bynd|bysa|0)(\d)?(\d)?(?:international|unported|universal|deed)?")
_KINDS = {"by": "BY", "bync": "BY-NC", "byncsa": "BY-NC-SA", "byncnd": "BY-NC-ND", "bynd": "BY-ND", "bysa": "BY-SA"}
_WORDS = (("creativecommons", "cc"), ("attribution", "by"), ("noncommercial", "nc"), ("sharealike", "sa"),
          ("noderivatives", "nd"), ("noderivs", "nd"), ("licence", ""), ("license", ""), ("version", ""))  # fmt: skip
LONGEST = 300


def is_licence(written: str) -> bool:
    """Whether it is an address or made of identifiers of SPDX, with hyphens or, as Creative Commons does it, spaces."""
    text = written[:LONGEST].strip()
    if re.match(r"https?://\S+\Z", text):
        return True
    parts = [part.strip("() ") for part in re.split(r"\s+(?:AND|OR|WITH)\s+", text)]
    return all(_KNOWN.fullmatch(part.replace(" ", "-")) for part in parts)


def nearest_licence(written: str) -> str:
    """The identifier that is probably meant: `CC-BY-4.0` for "cc by 4" or its name in full; empty for none."""
    plain = re.sub(r"[^a-z0-9]", "", written[:LONGEST].casefold())
    for long, short in _WORDS:
        plain = plain.replace(long, short)
    if match := _CREATIVE.fullmatch(plain):
        kind, version, minor = match.groups()
        meant = "CC0-1.0" if kind == "0" else f"CC-{_KINDS[kind]}-{version or 4}.{minor or 0}"
        return meant if is_licence(meant) else f"CC-{_KINDS[kind]}-4.0"
    usual = ("MIT", "Apache-2.0", "ODbL-1.0", "PDDL-1.0", "CC0-1.0", "ODC-By-1.0", "GFDL-1.3-or-later")
    return next((one for one in usual if plain and plain in (one, re.sub(r"[^a-z0-9]", "", one.casefold()))), "")
