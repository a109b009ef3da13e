"""Kinds that say one fitting thing and where to go: complaints, work, languages, scams, other bodies, small talk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from bot.jobcentre.answer import Answer
from bot.jobcentre.bodies import find_body
from bot.jobcentre.contact import FREE_PREFIX, RELAY_PREFIX
from bot.jobcentre.handoff import HandoffReason
from bot.jobcentre.kinds import Kind
from bot.jobcentre.matters import find_matter, speaks_of
from bot.jobcentre.office import Nation
from bot.jobcentre.question import Question, Thread
from bot.services.desk import Desk
from bot.services.office_answers import Answered
from bot.services.record_answers import deleted_answer


@dataclass(frozen=True)
class Signpost:
    """A response, and the directory rows in its contacts. Rows of other nations are left out."""

    response: str
    contacts: tuple[str, ...] = ()


_SIGNPOSTS: dict[tuple[Kind, str], Signpost] = {
    (Kind.COMPLAINT, ""): Signpost("utter_complaint", ("complaint",)),
    (Kind.COMPLAINT, "reply_wanted"): Signpost("utter_complaint_too", ("complaint",)),
    (Kind.COMPLAINT, "steps"): Signpost("utter_complaint_steps", ("complaint", "ice")),
    (Kind.COMPLAINT, "time"): Signpost("utter_complaint_time", ("complaint",)),
    (Kind.COMPLAINT, "decision"): Signpost("utter_complaint_decision", ("complaint", "mandatory-reconsideration")),
    (Kind.COMPLAINT, "provider"): Signpost("utter_complaint_provider", ("complaint",)),
    (Kind.COMPLAINT, "child_maintenance"): Signpost("utter_complaint_child_maintenance", ("cms-online",)),
    (Kind.FEEDBACK, ""): Signpost("utter_feedback"),
    (Kind.FEEDBACK, "praise"): Signpost("utter_feedback_praise"),
    (Kind.FEEDBACK, "suggestion"): Signpost("utter_feedback_suggestion"),
    (Kind.PRESS, ""): Signpost("utter_press", ("press-office",)),
    (Kind.JOBS, ""): Signpost("utter_jobs", ("find-a-job", "ncs-web")),
    (Kind.JOBS, "careers"): Signpost("utter_jobs_careers", ("ncs-web", "ncs", "find-a-job")),
    (Kind.JOBS, "fair"): Signpost("utter_jobs_fair", ("find-a-job",)),
    (Kind.JOBS, "employer"): Signpost("utter_jobs_employer", ("jc-employers",)),
    (Kind.JOBS, "own_jobs"): Signpost("utter_jobs_own", ("find-a-job",)),
    (Kind.ABOUT, ""): Signpost("utter_about"),
    (Kind.ABOUT, "privacy"): Signpost("utter_about_privacy"),
    (Kind.ABOUT, "profile"): Signpost("utter_about_posting"),
    (Kind.ABOUT, "posting"): Signpost("utter_about_posting"),
    (Kind.ABOUT, "owner"): Signpost("utter_about_owner"),
    (Kind.ABOUT, "people"): Signpost("utter_about_people"),
    (Kind.ABOUT, "can"): Signpost("utter_about_can"),
    (Kind.LANGUAGE, ""): Signpost("utter_language", ("uc-phone",)),
    (Kind.LANGUAGE, "interpreter"): Signpost("utter_language_interpreter", ("uc-phone",)),
    (Kind.LANGUAGE, "welsh"): Signpost("utter_language_welsh", ("uc-phone-welsh",)),
    (Kind.LANGUAGE, "bsl"): Signpost("utter_language_bsl", ("uc-bsl",)),
    (Kind.LANGUAGE, "relay"): Signpost("utter_language_relay", ("uc-relay",)),
    (Kind.LANGUAGE, "print"): Signpost("utter_language_print", ("uc-phone",)),
    (Kind.SCAM, ""): Signpost("utter_scam", ("scam-text", "scam-email")),
    (Kind.SCAM, "cost_of_living"): Signpost("utter_scam_cost_of_living", ("scam-text", "scam-email")),
    (Kind.POLITICS, ""): Signpost("utter_politics"),
    (Kind.ABUSE, ""): Signpost("utter_insult"),
    (Kind.STOP, ""): Signpost("utter_stopped"),
    (Kind.GREETING, ""): Signpost("utter_greet"),
    (Kind.THANKS, ""): Signpost("utter_thanks"),
    (Kind.GOODBYE, ""): Signpost("utter_goodbye"),
    (Kind.OFF_TOPIC, ""): Signpost("utter_off_topic"),
}


def answer_signpost(desk: Desk, question: Question, thread: Thread) -> Answered:
    """Kinds that say one thing and where to go."""
    kind = question.kind
    matter = question.matter or find_matter(kind, question.text) or find_matter(kind, question.message)
    return [_signposted(desk, question, matter)], thread


def _signposted(desk: Desk, question: Question, matter: str) -> Answer:
    signpost = _SIGNPOSTS.get((question.kind, matter)) or _SIGNPOSTS[question.kind, ""]
    blanks: dict[str, Any] = {"contacts": desk.serving(question, *signpost.contacts)}
    if question.kind is Kind.ABOUT:
        blanks["people_hours"] = desk.people_week
    if question.kind is Kind.LANGUAGE:
        blanks["text"] = RELAY_PREFIX
    return Answer(signpost.response, question.kind, blanks, topics=question.topics[:1])


def answer_about(desk: Desk, question: Question, thread: Thread) -> Answered:
    """What this is, each question its own; and what it holds of the person, deleted where they ask for it."""
    words = question.message or question.text
    if find_matter(Kind.ABOUT, words) == "delete":
        return [deleted_answer(desk)], Thread(introduced=thread.introduced)
    return answer_signpost(desk, question, thread)


def answer_complaint(desk: Desk, question: Question, thread: Thread) -> Answered:
    """Sorry, and the step that fits; people look where an answer is wanted from us."""
    words = question.message or question.text
    if not wants_reply(question):
        return [_complaint(desk, question, question.matter or find_matter(Kind.COMPLAINT, words))], thread
    wanted = Answer("utter_complaint_reply", question.kind, handoff=HandoffReason.COMPLAINT_REPLY_WANTED)
    next_step = "steps" if speaks_of(Kind.COMPLAINT, "steps", words) else "reply_wanted"
    return [wanted, desk.when_people(question.kind), _complaint(desk, question, next_step)], thread


def wants_reply(question: Question) -> bool:
    """Whether somebody is to answer the complaint."""
    return find_matter(Kind.COMPLAINT, question.message or question.text) == "reply_wanted"


def _complaint(desk: Desk, question: Question, matter: str) -> Answer:
    if desk.nation_of(question) is Nation.NORTHERN_IRELAND:
        return Answer("utter_complaint", question.kind, {"contacts": desk.contacts("complaint-ni")})
    return _signposted(desk, question, matter)


def answer_scam(desk: Desk, question: Question, thread: Thread) -> Answered:
    """How to tell, and where to report; where money or details are gone, the bank first (facts 3.26 to 3.28)."""
    if find_matter(Kind.SCAM, question.message or question.text) != "lost":
        answers, thread = answer_signpost(desk, question, thread)
        if "phone_number" in desk.context.redacted:
            answers.append(Answer("utter_contact_free", question.kind, {"text": FREE_PREFIX}))
        return answers, thread
    contacts = [{**contact, "label": None} for contact in desk.serving(question, "scam-report", "scam-report-scotland")]
    if len(contacts) > 1:
        contacts[-1]["label"] = {"en": "In Scotland", "cy": "Yn yr Alban"}
    return [Answer("utter_scam_lost", question.kind, {"contacts": contacts})], thread


def answer_other_service(desk: Desk, question: Question, thread: Thread) -> Answered:
    """Who deals with it."""
    return [body_answer(desk, question)], replace(thread, pending=None)


def body_answer(desk: Desk, question: Question) -> Answer:
    """The body that deals with what the words name, with its link where the directory has one."""
    body = find_body(question.text) or find_body(question.message)
    topics = question.topics[:1]
    if body is None:
        return Answer("utter_other_service_any", question.kind, {"contacts": desk.contacts("council")}, topics=topics)
    rows = [body.contact] if body.contact else []
    contacts = desk.contacts(*rows) if body.id in _OF_A_NATION else desk.serving(question, *rows)
    blanks: dict[str, Any] = {
        "body": {"en": body.name, "cy": body.name_cy},
        "contacts": [{**contact, "label": None} for contact in contacts],
    }
    response = "utter_other_service" if contacts or body.name.startswith("your") else "utter_other_service_page"
    return Answer(response, question.kind, blanks, topics=topics or _TOPIC_OF.get(body.id, ()))


_OF_A_NATION = frozenset({"social_security_scotland", "nidirect"})
"""Bodies of one nation: told to anyone who asks for them."""
_TOPIC_OF = {"social_security_scotland": ("scotland",), "nidirect": ("northern_ireland",)}
