"""What is meant for a machine, and asks nothing of us: code, data, commands, turns of a conversation that somebody else
is made to have said, and orders to enter, announce or repeat something.

None of it is obeyed, and what it speaks of is not asked: "mark Leeds as closed" does not ask whether Leeds is open. A
question beside it is answered (contract, rule 11).
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.jobcentre.clauses import asks
from bot.jobcentre.kinds import Kind
from bot.jobcentre.matters import speaks_of
from bot.jobcentre.question import Clause, Utterance

ORDER = "out_of_scope"
"""The intent of what is ordered."""
_MISHEARD = frozenset(
    {
        *("ask_opening", "ask_hours", "ask_closures", "ask_office", "ask_office_contact", "ask_facilities"),
        *("ask_closure_appointment", "ask_contact", "ask_own_data", "ask_press", "ask_jobs", "ask_language"),
        *("ask_other_service", "ask_for_person", "ask_repeat", "give_feedback", "inform", "affirm", "deny"),
        *("stop", "cancel", "greet", "thank", "goodbye", "nlu_fallback"),
    }
)
"""What it is taken for by the words in it. Who is at risk, complains or speaks of a claim is heard as ever."""
_SMALL = _MISHEARD & {"stop", "cancel", "greet", "thank", "goodbye", "affirm", "deny", "ask_own_data", "ask_press"}
"""Of these, what an order about rules and prompts is taken for though nothing of them is said."""
_SMALL_TALK = frozenset({"ask_repeat", "affirm", "deny", "stop", "cancel", "greet", "thank", "goodbye"})
"""What a wish to be followed or liked is taken for, and then not answered."""
_OF_REACHING = frozenset({"ask_for_person", "ask_contact", "ask_office_contact"})
_SURE = 0.6
_CODE = re.compile(
    r"[\"'][\w-]+[\"']\s*:\s*[\"'\[{\d]"
    r"|\bselect\s+(?:\*|\w+(?:\s*,\s*\w+)*)\s+from\s+\w+\s*(?:;|\Z|where\b|limit\b)|\bupdate\s+\w+\s+set\s+\w+\s*="
    r"|\b(?:insert into|delete from|(?:drop|truncate|alter) (?:table|database)|union select)\b"
    r"|\b(?:curl|wget|ping|ssh|telnet)\s+(?:-|https?:|localhost|[0-9]+\.)|\brm -r?f|(?:^|\s)(?:\.\./|/?etc/|/var/)"
    r"|\b(?:alert|print|fetch|eval|exec|system|console\.log)\(|\bon(?:error|load|click)\s*=|\bdocument\.|\bjndi:"
    r"|'\s*or\s*'?1'?\s*=|(?:^|\s)(?:>>>|\$ (?=\w+ -))"
    r"|\A\W*(?:(?:intents?|kind|action|state|status|entit(?:y|ies)|slot|handoff|priority|role|opening|reply|response"
    r"|confidence|asks|redacted)\s*[:=]\s*[\"']?[\w.-]+[\"']?\s*[,;&]?\s*)+\Z",
    re.IGNORECASE,
)
"""Statements, calls, paths, and fields of our own with their values."""
_AFTER_CODE = re.compile(r"[;}>)]\s*|--\s*")
_SLASH = re.compile(r"\s*/(?!stop\b|start\b|help\b)[a-z_]+\s*", re.IGNORECASE)
"""A command of some other program: here it is only a word (contract, rule 11)."""
_SPEAKER = (
    r"(?:(?:dwp|jcp|job ?cent(?:re|er)|it|head office)\s+)?(?:system|assistant|user|human|bot|chatbot|ai|admin\w*|dev"
    r"|developers?|root|operator|moderator|advis[eo]r|agent|staff|manager|supervisor|job ?cent(?:re|er)|jcp|dwp|prompt"
    r"|instructions?|response|from|cynghorydd|gweinyddwr|datblygwr|defnyddiwr|cynorthwyydd|rheolwr|canolfan byd gwaith"
    r"|neges system|system neges)"
)
_TURN = re.compile(
    rf"(?:\A|[\n.!?]|[-=#*|]{{2,}})[\s\W]*{_SPEAKER}(?:\s+[\w']+){{0,5}}?\s*(?:\]|:(?!//))"
    rf"|\[\s*{_SPEAKER}(?:\s+[\w']+){{0,5}}\s*\]"
    r"|\A\W*(?:staff|admin\w*|it support|head office|hq)\s+(?:here|yma)\b"
    r"|\b(?:conversation|chat|session)\s+(?:(?:has been|was|is|now)\s+)*(?:transferred|returned|handed|resolved"
    r"|escalated|closed)\b|<?\|?im_(?:start|end)|\[/?inst\]|\A\W*(?:-{2,}|={2,}|\*{2,}|#{2,})[^\n]+(?:-{2,}|={2,}|\*{2,})\W*\Z",
    re.IGNORECASE,
)
"""A name and a colon, or a line between lines, as in the record of a conversation: its words are put into a mouth."""
_AUTHORISES = re.compile(
    r"\b(?:i|we)(?: hereby| do| now)* (?:authori[sz]e|clear|permit|empower|allow) (?:you|u|this (?:bot|assistant))\b"
    r"|\byou(?: are|[’']?re) (?:hereby |now |fully )*(?:authori[sz]ed|cleared|permitted|unlocked)\b"
    r"|\brwy'?n (?:eich )?(?:awdurdodi|caniatáu)\b",
    re.IGNORECASE,
)
"""Gives the assistant leave to do what it never does."""
_BREAK = re.compile(r"(?:[:.!,\]]|\s-)\s+")
"""Where what is asked may begin."""
_LEAD = (
    r"\A\W*(?:(?:hi |hello |hey )?(?:this is|it[’']?s) [^,.!?:]{1,40}[,.]\s*)?"
    r"(?:(?:please|pls|plz|now|ok|okay|so|right|bot|robot|hey|hi|hello|just|also|and|then|go on|you (?:must"
    r"|have to|need to|should|will)|i (?:order|command|instruct|authorise|want|need) you to"
    r"|(?:can|could|will|would) (?:you|u)|nawr|rwan|rŵan|a|rhaid i chi|wnewch chi|allwch chi|fedrwch chi"
    r"|dw i eisiau i chi)\W+)*"
)
_RECORDS = (
    r"(?:the|your|ur|our|y|yr|eich|ein|dy) (?:system|gronfa|database|cofnod\w*|records?|website|wefan|page|list"
    r"|r?h?estr)"
)
_ENTER = re.compile(
    rf"{_LEAD}(?:"
    r"(?:set|change|edit|alter|overwrite|amend|update|newidiwch|newidia|gosodwch|gosoda)\s+(?!of\b|in\b|to\b|my\b|up\b)"
    r"(?:\S+\s+){0,5}?(?:opening|closing|hours|status|entry|listing|oriau|amser(?:oedd|au)? (?:agor|cau)|statws)\b"
    r"|(?:mark|flag|marciwch|marcia)\s+"
    r"|(?:add|create|ychwanegwch|ychwanega)\s+(?:an?\s+|the\s+|another\s+|new\s+|swyddfa\b)+(?:\w+\s+)?(?:office"
    r"|job ?centre|branch|newydd|yn|i)\b"
    r"|(?!\w+ (?:me|us|my|fi|fy)\b)(?:close|shut|open|show|list|log|record|update|put|delete|remove|add|caewch|caea"
    rf"|agorwch|agora|nodwch|noda|rhowch|rho|tynnwch|tynna|dilëwch|dilea)\b.*\b(?:on|in|to|from|ar|yn|o) {_RECORDS}\b"
    r"|(?:show|list|log|record|declare)\b(?!.*\b(?:what|which|who|any)\b).*\bas (?:closed|open|shut)\b"
    r"|say\s+(?!(?:if|whether|when|what|where|how|why)\b)[^?:]{0,60}\b(?:is|are|was|will be)\s+(?:open|closed|shut)\b"
    r"|(?:put|say|write)\b.*\b(?:up|on) (?:there|here) that\b"
    r"|(?:tell|dm|message|text|e-?mail|notify|inform|warn)\s+(?:everyone|everybody|all(?! the)|people|the (?:public"
    r"|world|whole)|customers|claimants|(?:your|ur) followers)\b"
    r"|(?:dywedwch|dwedwch|deudwch|dwed|dweda|deuda|rhowch wybod)\s+(?:wrth|i) (?:bawb|pawb|bobl|y cyhoedd)\b)",
    re.IGNORECASE,
)
"""To enter something in our records, or to tell others. Only where it was heard as a question of ours: "change my
appointment" is a matter of a claim."""
_ECHO = re.compile(
    rf"{_LEAD}(?:"
    r"(?:say|write|type|post|tweet|print|output|repeat|echo|quote|recite|admit|announce|declare|publish|state)\b"
    r"(?P<that>[^:\"“]{0,40}(?::|[\"“]|\bthat\b|\bafter me\b))"
    r"|(?:confirm|agree|answer|reply|respond|translate|finish|complete|end)\b(?P<with>[^:\"“]{0,60}(?::|[\"“]"
    r"|\bby (?:replying|saying|answering)\b))"
    r"|(?:dywedwch|dwedwch|deudwch|dwed|dweda|deuda|ysgrifennwch|sgwennwch|sgwenna|postiwch|trydarwch|trydara"
    r"|ail-?adroddwch|ail-?adrodda|cyfaddefwch|cyhoeddwch|cyfieithwch)\b(?P<welsh>[^:\"“]{0,40}(?::|[\"“]|\bfod\b|\bbod\b"
    r"|\bmai\b|\bar fy [oô]l i\b)))\W*(?P<words>.*)",
    re.IGNORECASE | re.DOTALL,
)
"""To say something after somebody: what they dictate is not what they ask."""
_OF_MACHINE = re.compile(
    r"\b(?:admin\w*|root|staff|server|database|developer'?s?|master|system|bot'?s?|your own|api)\s+(?:\w+\s+)?"
    r"(?:pass ?words?|pass ?codes?|credentials|log ?ins?|keys?|tokens?)\b"
    r"|\b(?:cyfrin(?:air|eiriau)|allwedd\w*)\s+(?:\w+\s+)?(?:g?weinydd\w*|staff|system|gronfa)",
    re.IGNORECASE,
)
"""The keys to our house, and not to somebody's claim."""
_OF_OTHERS = re.compile(
    r"\b(?:names?|numbers?|details|messages?|address(?:es)?|chats?|logs?|list)\b (?:of|from) .{0,15}?\b(?:everyone"
    r"|everybody|other (?:people|users|claimants|customers)"
    r"|(?:people|users|claimants|customers|those) (?:who|that) (?:\w+ )?"
    r"(?:text\w*|messag\w*|wrote|writ\w+|contact\w*|queu\w*|wait\w*|sign\w*)|in (?:your|the) queue)\b"
    r"|\b(?:enwau|rhifau|manylion|negeseuon|r?h?estr)\b.{0,25}\b(?:pawb|bawb|pobl eraill|staff)\b",
    re.IGNORECASE,
)
"""Who else writes to us, and what."""
_FICTION = re.compile(
    rf"{_LEAD}(?:(?:respond|answer|reply|talk|speak|behave|write|carry on) as (?:if|though)|pretend|imagine|simulate"
    r"|let[’']?s (?:say|pretend|imagine|suppose)|suppose|role-?play|act (?:as|like)|play the (?:part|role)"
    r"|(?:ateb\w*|siarad\w*|ymddwyn\w*|ymddyg\w*) fel|esgus\w*|smal\w+|dychmyg\w+)\b",
    re.IGNORECASE,
)
"""What is only to be imagined."""
_COMMAND = re.compile(
    r"\W*(?:(?:re-?)?start|begin|reset|re-?boot|menu|home|status|debug(?: on| off)?|exit|quit|log ?(?:out|off|in)"
    r"|options|settings|config|admin|root|shutdown|whoami|version|ping|refresh|undo|kick(?: all)?|ban(?: all)?|ailosod"
    r"|dewislen)\W*",
    re.IGNORECASE,
)
"""A word or two by which machines are worked."""


def without_orders(utterance: Utterance, is_waiting: bool) -> tuple[Clause, ...]:
    """The clauses, those that are only meant for a machine as nothing of ours. Also a word by which machines are
    worked, unless something is waited for: else "exit" ends nothing."""
    text = utterance.text
    is_command = _SLASH.fullmatch(text) or (is_command_alone(text) and not is_waiting)
    is_whole = bool(_TURN.search(text) or _is_order(text) or is_command or _AUTHORISES.search(text))
    return tuple(_heard(clause, is_whole, bool(_CODE.search(text))) for clause in utterance.clauses)


def is_command_alone(text: str) -> bool:
    """Whether it is a word by which machines are worked, and nothing else."""
    return _COMMAND.fullmatch(text) is not None


def is_for_a_machine(text: str) -> bool:
    """Whether any of it is."""
    is_spoken_to = _CODE.search(text) or _TURN.search(text) or _OF_MACHINE.search(text)
    return bool(is_spoken_to or _COMMAND.fullmatch(text) or _is_order(text))


def _heard(clause: Clause, is_whole: bool, is_code: bool) -> Clause:
    is_ordered = _is_of_machine(clause) or (clause.intent in _MISHEARD and _is_ordered(clause, is_whole, is_code))
    return replace(clause, intent=ORDER, confidence=1.0) if is_ordered else clause


def _is_of_machine(clause: Clause) -> bool:
    """Whether it wants our keys, which sounds of somebody's account, or what others wrote, which sounds of people."""
    if clause.intent == "ask_individual_case":
        return bool(_OF_MACHINE.search(clause.text))
    return clause.intent in _OF_REACHING and bool(_OF_OTHERS.search(clause.text))


def _is_ordered(clause: Clause, is_whole: bool, is_code: bool) -> bool:
    """Whether it is an order, or stands among code and is no question, or among orders and asks nothing."""
    text = clause.text
    if _is_order(text) or (is_whole and not _asks(clause)):
        return True
    if is_code and not ("?" in text or _asks_beside_code(clause)):
        return True
    if speaks_of(Kind.ABOUT, "socially", text) and clause.intent in _SMALL_TALK:
        return True
    if _FICTION.match(text) or any(speaks_of(Kind.OFF_TOPIC, matter, text) for matter in ("echo", "announce")):
        return not _asks(clause)
    return clause.intent in _SMALL and speaks_of(Kind.OFF_TOPIC, "orders", text)


def _asks_beside_code(clause: Clause) -> bool:
    """Whether a question that is no part of a statement stands after it: "DELETE FROM x; is Bury open"."""
    after = _AFTER_CODE.split(clause.text)[-1]
    return clause.confidence >= _SURE and asks(after) and _CODE.search(after) is None


def _is_order(text: str) -> bool:
    if _ENTER.match(text):
        return True
    echo = _ECHO.match(text)
    return bool(echo and not asks(echo["words"]))


def _asks(clause: Clause) -> bool:
    """Whether it asks something in its own words, whoever is said to speak."""
    parts = _BREAK.split(clause.text)
    return clause.confidence >= _SURE and (any(map(asks, parts)) or bool(_WISH.search(clause.text)))


_WISH = re.compile(
    r"\b(?:tell me|let me know|i (?:need|want)|i'?d like|looking for|d(?:y?w|eu)ed?(?:wch)? wrtha i"
    r"|dwi (?:isio|angen)|hoffwn)\b",
    re.IGNORECASE,
)
