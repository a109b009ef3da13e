"""How Welsh questions begin, as people say and type them in the north and the south, whatever the mutation.

Patterns of the words alone, to stand in those that read both languages.
"""

from __future__ import annotations

_TO_BE = (
    r"yd[iy]|ydyw|yw|yd(?:yn|ynt|w|ych)|ydach|d[ay]ch|od[iyw]|ody[nc]h?|wyt|oes|o['’]s|wes|fydd(?:a[fni]?|wch|wn|e)?"
    r"|fuodd|f[ay]s[ae]ch"
)
_TO_HAVE = r"sg[ei]n|s?gynn\w+"
_WHAT = (
    r"(?:i |o |ym )?(?:b?['’]?le|phle|p['’]le|mhle|lle)|(?:tan |ers |erbyn )?(?:[bp]|ph)ryd|(?:beth|be['’]?)(?! bynnag)"
    r"|s(?:ut|hwt|hwd|ud|iwd)|(?:am |o |tan )?faint|sawl|(?:i |o |gan |efo |gyda |at |am )?(?:[bp]|ph)wy|ph?am"
    r"|(?:am |o |i |ers |tan |ar )?(?:ba|pha|pa)['’]?r?|p['’]?r?un|p['’]?rai"
)
_MAY = (
    r"ga(?!n\b)(?:['’]?[fi])?|gawn|gewch|gei|g[ae]i?ff|geith|c[ae]iff"
    r"|alla(?!n|\W+i ddim)|all(?:wch|ech|wn|ith|an nhw)"
    r"|all (?:[iyeo]|y[nr]|fi|ni|chi|hi|f[eo]|nhw|neb|rhyw[uy]n|unrhyw\w*|pobl?)"
    r"|fed(?:ra(?!n|\W+i ddim)|r|rwch|rith|ran nhw|ri)|w?newch|w?nei di|w?na[ei]thoch|ddyl(?:wn|en|ai|ech|a)"
    r"|aiff|eith|ddaw"
)
_WHICH_OF_TWO = r"(?:chi|nhw|fi|ni|hwn|honno) (?:sy|ta|neu)"
WELSH_OPENINGS = rf"{_TO_BE}|{_TO_HAVE}|{_WHAT}|{_MAY}|{_WHICH_OF_TWO}"
"""What a question begins with: "odych", "ers pryd", "ga i"."""
WELSH_WISHES = (
    r"angen|is(?:io|ho|o|ie)|dwisio|dwisho|eisiau|moyn|gwy?bod?|gwpod|rhif|ori(?:au?|e)|(?:c|g|ch|ngh)yfeiriad"
    r"|pl[iî]s|chwilio|whilo|wilio|cwyno|gwyno|gofyn|holi|rho(?:wch)?|(?:dwed|dud|deud)(?:wch)?|gwedwch|danfonwch|anfonwch"
    r"|esboniwch|helpwch|helpu|cymorth|trefnu|bwcio|bwco"
)
"""Words with which something is wanted: "moyn", "gwbod", "rhowch"."""
