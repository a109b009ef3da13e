"""Personal data in messages, and its removal before anything is kept.

Removed: National Insurance numbers, NHS numbers, bank details, card numbers, phone numbers and email addresses other
than ours, dates of birth, benefit reference numbers. Full postcodes are cut to their sector (`LS1 4`). Names and street
addresses stay: no pattern tells them from the offices and places that people ask about.

It errs towards removing. What opening hours, dates and money look like is left alone unless words around it say more.

One module for each sort of data; they read a text as `reading` makes it: plain letters and digits for look-alikes,
entities, markup and spoken numbers. `redaction` puts their finds together.
"""

from bot.jobcentre.personal_data.redaction import Redacted, redact, redact_across
from bot.jobcentre.personal_data.sorts import PersonalData, split_removed, without_details, without_removed

__all__ = ["PersonalData", "Redacted", "redact", "redact_across", "split_removed", "without_details", "without_removed"]
