"""Addresses without what was put into them to follow readers: `utm_source`, `fbclid` and their like.

In: an address. Out: the same one without these parameters, whether they are in the query or behind `#`; everything
else is as it was, byte for byte. The address of an archived copy holds the one that was archived, and is left alone.
"""

import re

_NAMES = (
    r"utm_\w+|mtm_\w+|pk_(?:campaign|kwd|keyword|source|medium|content|cid)|piwik_\w+|matomo_\w+|hsa_\w+|at_(?:medium|campaign"
    r"|custom\d|bbc_team|link_\w+|ptr_name|format|campaign_type)|fbclid|fb_(?:action_ids|action_types|ref|source)|gclid|gclsrc"
    r"|gbraid|wbraid|gad_(?:source|campaignid)|dclid|msclkid|yclid|ymclid|twclid|ttclid|li_fat_id|igshid?|igsh|srsltid"
    r"|mc_[ce]id|mkt_tok|_hsenc|_hsmi|__hs(?:tc|sc|fp)|hsCtaTracking|vero_(?:conv|id)|oly_(?:anon|enc)_id|wickedid|rb_clickid"
    r"|s_cid|ss_(?:source|campaign_\w+|email_id)|_ga|_gl|_openstat|ns_(?:campaign|mchannel|source|linkname|fee)|elqtrackid"
    r"|cmpid|ncid|soc_(?:src|trk)|guce_referr(?:er|er_sig)|guccounter|sc_(?:campaign|channel|content|country|geo|medium"
    r"|outcome)|trk(?:Campaign|Info)|ref_(?:src|url)|epik|__twitter_impression|action_(?:object|type|ref)_map|wt_?mc(?:_o)?"
    r"|spm|scm_id|mibextid|si(?=(?:=[\w-]{11,})(?:[&;#]|\Z))"
)
_PARAMETER = re.compile(rf"(?i)(?P<before>[?#&;])(?:amp;)?(?:{_NAMES})(?:=[^&;#]*+)?(?=[&;#]|\Z)")


def without_tracking(address: str) -> str:
    """The address without the parameters that only follow readers."""
    if re.search(r".://.*/https?:/", address):
        return address
    place, hash_, fragment = address.partition("#")
    before, question, query = place.partition("?")
    kept = _without(query)
    rest = _without(fragment) if "=" in fragment and not fragment.startswith((":~:", "!")) else fragment
    return before + (question if kept or not query else "") + kept + (hash_ if rest or not fragment else "") + rest


def _without(query: str) -> str:
    left = _PARAMETER.sub("", f"&{query}")
    return left.lstrip("&;") if left != f"&{query}" else query
