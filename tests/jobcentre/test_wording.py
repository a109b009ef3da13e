"""What the assistant says, blank by blank, in both languages, at the edges."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from bot.jobcentre.answer import Answer
from bot.jobcentre.conversation import Language
from bot.jobcentre.kinds import Kind
from bot.jobcentre.place_names import welsh_name
from bot.jobcentre.wording import WordingError, load_responses, render
from bot.jobcentre.wording import welsh_directory as directory
from bot.jobcentre.wording.blanks import fill
from bot.settings import PROJECT

EN, CY = Language.ENGLISH, Language.WELSH
TODAY = "2026-11-20"  # a Friday


def blank(spec: str, value: Any, language: Language) -> str:
    """One blank on its own, after a word so that it does not start a sentence."""
    return fill(f"- {{{spec}}}", {spec.split(":")[0]: value, "today": TODAY}, language)[2:]


def both(spec: str, value: Any) -> tuple[str, str]:
    return blank(spec, value, EN), blank(spec, value, CY)


def day(iso: str) -> dict[str, Any]:
    return {"day": iso, "today": TODAY}


def office(*names: str, **more: Any) -> dict[str, Any]:
    return {"names": list(names), "names_cy": list(names), "place": None, "all": False, "of": None, **more}


LINE = {"channel": "phone", "value": "0800 151 2012", "label": None, "hours": None}
PAGE = {"channel": "online", "value": "https://www.gov.uk/after-a-death", "label": None, "hours": None}
LINED = {
    f"utter_{name}": [{"text": text, "metadata": {"kind": kind.value, "language": "en"}}]
    for name, kind, text in (
        ("case", Kind.INDIVIDUAL_CASE, "Not here. You can ask here:\n{contacts}"),
        ("more", Kind.BENEFIT_INFO, "You can find out more here:\n{contacts}"),
        ("office", Kind.OFFICE_CONTACT, "Write in your journal.\n{contacts}"),
        ("help", Kind.CRISIS_HARDSHIP, "Ask for help:\n{contacts}"),
    )
}


def lined(name: str, *contacts: dict[str, Any], topic: str = "bereavement") -> Answer:
    response = f"utter_{name}"
    kind = Kind(LINED[response][0]["metadata"]["kind"])
    return Answer(response, kind, {"contacts": list(contacts)}, topics=(topic,))


@pytest.mark.parametrize(
    ("answers", "text"),
    [
        pytest.param(
            [lined("case", LINE), lined("more", PAGE, LINE)],
            "Not here. You can ask here:\nTelephone: 0800 151 2012\n\nYou can find out more here:\nOnline:"
            " https://www.gov.uk/after-a-death",
            id="the-rest-of-the-list-is-told",
        ),
        pytest.param(
            [lined("case", LINE), lined("more", LINE)],
            "Not here. You can ask here:\nTelephone: 0800 151 2012",
            id="nothing-leads-to-an-empty-list",
        ),
        pytest.param(
            [lined("more", LINE), lined("case", LINE)],
            "You can find out more here:\nTelephone: 0800 151 2012\n\nNot here.",
            id="what-else-is-said-stays",
        ),
        pytest.param(
            [lined("office", LINE), lined("office", LINE)],
            "Write in your journal.\nTelephone: 0800 151 2012\n\nWrite in your journal.",
            id="a-sentence-stands-without-its-line",
        ),
        pytest.param(
            [lined("more", LINE), lined("more", LINE, topic="funeral")],
            "You can find out more here:\nTelephone: 0800 151 2012",
            id="one-text-in-the-same-words-is-said-once",
        ),
        pytest.param(
            [lined("case", LINE), lined("more", LINE, topic="funeral")],
            "Not here. You can ask here:\nTelephone: 0800 151 2012\n\n"
            "You can find out more here:\nTelephone: 0800 151 2012",
            id="another-topic-has-the-same-line",
        ),
        pytest.param(
            [lined("more", LINE), lined("help", LINE)],
            "You can find out more here:\nTelephone: 0800 151 2012\n\nAsk for help:\nTelephone: 0800 151 2012",
            id="help-in-a-crisis-is-told-whole",
        ),
    ],
)
def test_a_line_of_the_directory_is_told_once(answers: list[Answer], text: str) -> None:
    assert render(LINED, answers, EN) == text


@pytest.mark.parametrize(
    ("value", "english", "welsh"),
    [
        ("00:00", "midnight", "hanner nos"),
        ("24:00", "midnight", "hanner nos"),
        ("00:30", "12:30am", "12:30am"),
        ("09:00", "9am", "9am"),
        ("09:05", "9:05am", "9:05am"),
        ("11:59", "11:59am", "11:59am"),
        ("12:00", "midday", "hanner dydd"),
        ("12:30", "12:30pm", "12:30pm"),
        ("13:00", "1pm", "1pm"),
        ("23:59", "11:59pm", "11:59pm"),
        ("2026-11-20T08:42:00+00:00", "8:42am", "8:42am"),
        ("2026-07-20T08:42:00+00:00", "9:42am", "9:42am"),
    ],
)
def test_times(value: str, english: str, welsh: str) -> None:
    assert both("checked", value) == (english, welsh)


@pytest.mark.parametrize(
    ("iso", "english", "welsh"),
    [
        ("2026-11-19", "yesterday", "ddoe"),
        ("2026-11-20", "today", "heddiw"),
        ("2026-11-21", "tomorrow", "yfory"),
        ("2026-11-18", "on Wednesday 18 November", "ddydd Mercher 18 Tachwedd"),
        ("2026-11-22", "on Sunday 22 November", "ddydd Sul 22 Tachwedd"),
        ("2026-12-31", "on Thursday 31 December", "ddydd Iau 31 Rhagfyr"),
        ("2027-01-01", "on Friday 1 January 2027", "ddydd Gwener 1 Ionawr 2027"),
        ("2026-03-03", "on Tuesday 3 March 2026", "ddydd Mawrth 3 Mawrth 2026"),
        ("2026-06-01", "on Monday 1 June", "ddydd Llun 1 Mehefin"),
    ],
)
def test_days(iso: str, english: str, welsh: str) -> None:
    assert both("day", day(iso)) == (english, welsh)
    assert blank("day:plain", day(iso), EN) == english.removeprefix("on ")
    assert blank("day:plain", day(iso), CY) == welsh.replace("ddydd", "dydd")


@pytest.mark.parametrize(
    ("value", "english", "welsh"),
    [
        ({"now": True}, "now", "nawr"),
        (day("2026-11-20"), "today", "heddiw"),
        ({**day("2026-11-21"), "time": "15:00", "relation": "at"}, "at 3pm tomorrow", "am 3pm yfory"),
        (
            {**day("2026-11-23"), "time": "16:00", "relation": "after"},
            "after 4pm on Monday 23 November",
            "ar ôl 4pm ddydd Llun 23 Tachwedd",
        ),
        ({**day("2026-11-20"), "time": "12:00", "relation": "before"}, "before midday today", "cyn hanner dydd heddiw"),
        ({**day("2026-11-20"), "time": "17:30", "relation": "until"}, "until 5:30pm today", "tan 5:30pm heddiw"),
        (
            {**day("2026-11-21"), "time": "13:00", "until": "15:00"},
            "from 1pm to 3pm tomorrow",
            "o 1pm i 3pm yfory",
        ),
        ({**day("2026-11-20"), "part": "morning"}, "this morning", "y bore yma"),
        ({**day("2026-11-20"), "part": "evening"}, "this evening", "heno"),
        ({**day("2026-11-20"), "part": "night"}, "tonight", "heno"),
        ({**day("2026-11-21"), "part": "afternoon"}, "tomorrow afternoon", "prynhawn yfory"),
        ({**day("2026-11-19"), "part": "night", "past": True}, "last night", "neithiwr"),
        (
            {**day("2026-11-23"), "part": "morning"},
            "on the morning of Monday 23 November",
            "fore dydd Llun 23 Tachwedd",
        ),
        (
            {**day("2026-11-25"), "part": "afternoon"},
            "on the afternoon of Wednesday 25 November",
            "brynhawn dydd Mercher 25 Tachwedd",
        ),
        (
            {**day("2026-11-24"), "part": "lunchtime"},
            "on the lunchtime of Tuesday 24 November",
            "amser cinio ddydd Mawrth 24 Tachwedd",
        ),
        (
            {**day("2026-11-27"), "part": "evening"},
            "on the evening of Friday 27 November",
            "nos Wener 27 Tachwedd",
        ),
        ({**day("2027-01-05"), "part": "night"}, "on the night of Tuesday 5 January 2027", "nos Fawrth 5 Ionawr 2027"),
        ({**day("2026-11-21"), "part": "sometime"}, "tomorrow", "yfory"),
        ({**day("2026-11-21"), "time": None, "part": None, "until": None}, "tomorrow", "yfory"),
    ],
)
def test_when(value: dict[str, Any], english: str, welsh: str) -> None:
    assert both("when", value) == (english, welsh)


@pytest.mark.parametrize(
    ("value", "english", "welsh"),
    [
        ("2026-11-20T15:00:00+00:00", "3pm", "3pm"),
        ("2026-11-21T15:00:00+00:00", "3pm tomorrow", "3pm yfory"),
        ("2026-11-23T09:00:00+00:00", "9am on Monday 23 November", "9am ddydd Llun 23 Tachwedd"),
        ("2026-11-19T12:00:00+00:00", "midday yesterday", "hanner dydd ddoe"),
        ("2027-03-29T08:00:00+00:00", "9am on Monday 29 March 2027", "9am ddydd Llun 29 Mawrth 2027"),
    ],
)
def test_moments(value: str, english: str, welsh: str) -> None:
    assert both("next", value) == (english, welsh)


@pytest.mark.parametrize(
    ("value", "english", "welsh"),
    [
        ("2026-11-20T17:00:00+00:00", "5pm", "5pm"),
        ("2026-11-21T00:00:00+00:00", "the end of today", "ddiwedd heddiw"),
        ("2026-11-20T23:59:00+00:00", "the end of today", "ddiwedd heddiw"),
        ("2026-11-24T00:00:00+00:00", "the end of Monday 23 November", "ddiwedd dydd Llun 23 Tachwedd"),
    ],
)
def test_the_end_of_a_day_is_not_called_midnight(value: str, english: str, welsh: str) -> None:
    assert both("until", value) == (english, welsh)


@pytest.mark.parametrize(
    ("value", "english", "welsh"),
    [
        ([], "closed", "ar gau"),
        ([["00:00", "24:00"]], "all day", "drwy’r dydd"),
        ([["09:00", "17:00"]], "9am to 5pm", "9am i 5pm"),
        ([["09:00", "12:30"], ["13:30", "17:00"]], "9am to 12:30pm and 1:30pm to 5pm", "9am i 12:30pm ac 1:30pm i 5pm"),
        ([["09:00", "12:00"], ["14:00", "17:00"]], "9am to midday and 2pm to 5pm", "9am i hanner dydd a 2pm i 5pm"),
        ([["20:00", "24:00"]], "8pm to midnight", "8pm i hanner nos"),
    ],
)
def test_hours(value: list[list[str]], english: str, welsh: str) -> None:
    assert both("hours", value) == (english, welsh)


NINE, TEN = [["09:00", "17:00"]], [["10:00", "17:00"]]


@pytest.mark.parametrize(
    ("value", "english", "welsh"),
    [
        ([NINE] * 5 + [[], []], "Monday to Friday, 9am to 5pm", "dydd Llun i ddydd Gwener, 9am i 5pm"),
        ([NINE] * 7, "every day, 9am to 5pm", "bob dydd, 9am i 5pm"),
        (
            [NINE, NINE, TEN, NINE, NINE, [], []],
            "Monday, Tuesday, Thursday and Friday, 9am to 5pm; Wednesday, 10am to 5pm",
            "dydd Llun, dydd Mawrth, dydd Iau a dydd Gwener, 9am i 5pm; dydd Mercher, 10am i 5pm",
        ),
        (
            [NINE, NINE, NINE, [], NINE, [], []],
            "Monday to Wednesday and Friday, 9am to 5pm",
            "dydd Llun i ddydd Mercher a dydd Gwener, 9am i 5pm",
        ),
        (
            [[], NINE, NINE, [], [], [], []],
            "Tuesday and Wednesday, 9am to 5pm",
            "dydd Mawrth a dydd Mercher, 9am i 5pm",
        ),
        ([[]] * 7, "closed", "ar gau"),
    ],
)
def test_weeks(value: list[list[list[str]]], english: str, welsh: str) -> None:
    assert both("week", value) == (english, welsh)


@pytest.mark.parametrize(
    ("value", "english", "welsh"),
    [
        (office("Plymouth"), "Plymouth Jobcentre", "Canolfan Byd Gwaith Plymouth"),
        (
            office("Cardiff Charles Street", names_cy=["Caerdydd Stryd Charles"]),
            "Cardiff Charles Street Jobcentre",
            "Canolfan Byd Gwaith Caerdydd Stryd Charles",
        ),
        (
            office("Bangor", "Caernarfon"),
            "Bangor and Caernarfon Jobcentres",
            "Canolfannau Byd Gwaith Bangor a Chaernarfon",
        ),
        (
            office("Bangor", "Abertawe"),
            "Bangor and Abertawe Jobcentres",
            "Canolfannau Byd Gwaith Bangor ac Abertawe",
        ),
        (
            office("Crewe", "Leeds", "Castleford"),
            "Crewe, Leeds and Castleford Jobcentres",
            "Canolfannau Byd Gwaith Crewe, Leeds a Castleford",
        ),
        (
            office(*"ABCDEFGHIJK"),
            "A, B, C, D and 7 more Jobcentres",
            "Canolfannau Byd Gwaith A, B, C, D a 7 arall",
        ),
        (office("A", "B", all=True, total=2, place="Leeds"), "both offices in Leeds", "y ddwy swyddfa yn Leeds"),
        (
            office("A", "B", "C", all=True, total=3, place="Cardiff", place_cy="Caerdydd"),
            "all 3 offices in Cardiff",
            "pob un o’r 3 swyddfa yng Nghaerdydd",
        ),
        (
            office("A", "B", all=True, total=31, place="London"),
            "all 31 offices in London",
            "pob un o’r 31 o swyddfeydd yn Llundain",
        ),
        (
            office("A", "B", "C", all=True, total=3),
            "all 3 offices we answer for here",
            "pob un o’r 3 swyddfa ar y cyfrif hwn",
        ),
        (office("A", all=True, total=1, place="Leeds"), "A Jobcentre", "Canolfan Byd Gwaith A"),
        (
            office("A", of=31, total=28, place="London"),
            "28 of the 31 offices in London",
            "28 o’r 31 swyddfa yn Llundain",
        ),
        (office("Jobcentre on Wheels"), "Jobcentre on Wheels", "Canolfan Byd Gwaith Jobcentre on Wheels"),
    ],
)
def test_offices(value: dict[str, Any], english: str, welsh: str) -> None:
    assert both("office", value) == (english, welsh)


PLACES = [
    # A place, and how Welsh says it after "yn" (in), "a" (and), "at" (to); in English as it stands.
    ("Cardiff", "yng Nghaerdydd", "a Chaerdydd", "Gaerdydd"),
    ("Caernarfon", "yng Nghaernarfon", "a Chaernarfon", "Gaernarfon"),
    ("Conwy", "yng Nghonwy", "a Chonwy", "Gonwy"),
    ("Cwmbran", "yng Nghwmbrân", "a Chwmbrân", "Gwmbrân"),
    ("Bridgend", "ym Mhen-y-bont ar Ogwr", "a Phen-y-bont ar Ogwr", "Ben-y-bont ar Ogwr"),
    ("Pontypridd", "ym Mhontypridd", "a Phontypridd", "Bontypridd"),
    ("Porthmadog", "ym Mhorthmadog", "a Phorthmadog", "Borthmadog"),
    ("Pwllheli", "ym Mhwllheli", "a Phwllheli", "Bwllheli"),
    ("Powys", "ym Mhowys", "a Phowys", "Bowys"),
    ("Treorchy", "yn Nhreorci", "a Threorci", "Dreorci"),
    ("Tonypandy", "yn Nhonypandy", "a Thonypandy", "Donypandy"),
    ("Tywyn", "yn Nhywyn", "a Thywyn", "Dywyn"),
    ("Bangor", "ym Mangor", "a Bangor", "Fangor"),
    ("Blaenau Ffestiniog", "ym Mlaenau Ffestiniog", "a Blaenau Ffestiniog", "Flaenau Ffestiniog"),
    ("Colwyn Bay", "ym Mae Colwyn", "a Bae Colwyn", "Fae Colwyn"),
    ("Dolgellau", "yn Nolgellau", "a Dolgellau", "Ddolgellau"),
    ("Denbigh", "yn Ninbych", "a Dinbych", "Ddinbych"),
    ("Tenby", "yn Ninbych-y-pysgod", "a Dinbych-y-pysgod", "Ddinbych-y-pysgod"),
    ("Gwynedd", "yng Ngwynedd", "a Gwynedd", "Wynedd"),
    ("Gorseinon", "yng Ngorseinon", "a Gorseinon", "Orseinon"),
    ("Llandudno", "yn Llandudno", "a Llandudno", "Landudno"),
    ("Llanelli", "yn Llanelli", "a Llanelli", "Lanelli"),
    ("Merthyr Tydfil", "ym Merthyr Tudful", "a Merthyr Tudful", "Ferthyr Tudful"),
    ("Machynlleth", "ym Machynlleth", "a Machynlleth", "Fachynlleth"),
    ("Ruthin", "yn Rhuthun", "a Rhuthun", "Ruthun"),
    ("Ammanford", "yn Rhydaman", "a Rhydaman", "Rydaman"),
    ("Swansea", "yn Abertawe", "ac Abertawe", "Abertawe"),
    ("Aberdare", "yn Aberdâr", "ac Aberdâr", "Aberdâr"),
    ("Ystradgynlais", "yn Ystradgynlais", "ac Ystradgynlais", "Ystradgynlais"),
    ("Wrexham", "yn Wrecsam", "a Wrecsam", "Wrecsam"),
    ("Haverfordwest", "yn Hwlffordd", "a Hwlffordd", "Hwlffordd"),
    ("Bala", "yn y Bala", "a’r Bala", "y Bala"),
    ("Barry", "yn y Barri", "a’r Barri", "y Barri"),
    ("Rhyl", "yn y Rhyl", "a’r Rhyl", "y Rhyl"),
    ("Mold", "yn yr Wyddgrug", "a’r Wyddgrug", "yr Wyddgrug"),
    ("London", "yn Llundain", "a Llundain", "Lundain"),
    ("Chester", "yng Nghaer", "a Chaer", "Gaer"),
    # Names that are not Welsh keep their first letter; "ym" comes before every m.
    ("Leeds", "yn Leeds", "a Leeds", "Leeds"),
    ("Birmingham", "yn Birmingham", "a Birmingham", "Birmingham"),
    ("Portsmouth", "yn Portsmouth", "a Portsmouth", "Portsmouth"),
    ("Pontefract", "yn Pontefract", "a Pontefract", "Pontefract"),
    ("Penrith", "yn Penrith", "a Penrith", "Penrith"),
    ("Castleford", "yn Castleford", "a Castleford", "Castleford"),
    ("Truro", "yn Truro", "a Truro", "Truro"),
    ("Margate", "ym Margate", "a Margate", "Margate"),
    ("York", "yn York", "a York", "York"),
    ("Eastbourne", "yn Eastbourne", "ac Eastbourne", "Eastbourne"),
    ("Hove", "yn Hove", "a Hove", "Hove"),
    ("LL55 2", "yn LL55 2", "a LL55 2", "LL55 2"),
]


@pytest.mark.parametrize(("place", "within", "and_", "at"), PLACES, ids=[place for place, *_ in PLACES])
def test_welsh_places_mutate_and_others_do_not(place: str, within: str, and_: str, at: str) -> None:
    assert blank("place:in", place, CY).strip() == within
    assert blank("office:name", office("X", place, names_cy=["X", welsh_name(place)]), CY) == f"X {and_}"
    assert blank("place:soft", place, CY) == at
    assert (blank("place:in", place, EN).strip(), blank("place:soft", place, EN)) == (f"in {place}", place)


@pytest.mark.parametrize(
    ("value", "english", "welsh"),
    [
        (None, "any office", "unrhyw swyddfa"),
        (office("Hove"), "Hove Jobcentre", "Canolfan Byd Gwaith Hove"),
        (office("A", "B", all=True, place="Leeds"), "either office in Leeds", "unrhyw un o’r ddwy swyddfa yn Leeds"),
        (
            office("A", all=True, total=12, place="Leeds"),
            "any of the 12 offices in Leeds",
            "unrhyw un o’r 12 o swyddfeydd yn Leeds",
        ),
    ],
)
def test_where(value: Any, english: str, welsh: str) -> None:
    assert both("where", value) == (english, welsh)


@pytest.mark.parametrize(
    ("value", "when", "english"),
    [
        (office("Hove"), {"now": True}, "is"),
        (office("Hove", "Crewe"), {"now": True}, "are"),
        (office("A", all=True, total=3), {"now": True}, "are"),
        (office("A", all=True, total=1), {"now": True}, "is"),
        (office("A", of=31, total=28), {"now": True}, "are"),
        (office("Hove"), day("2026-11-19"), "was"),
        (office("Hove", "Crewe"), {**day("2026-11-20"), "past": True}, "were"),
    ],
)
def test_the_verb_agrees(value: dict[str, Any], when: dict[str, Any], english: str) -> None:
    assert fill("{office:is|are|was|were}", {"office": value, "when": when, "today": TODAY}, EN) == english


@pytest.mark.parametrize(
    ("km", "english", "welsh"),
    [
        (0.0, "less than half a mile", "llai na hanner milltir"),
        (0.8, "less than half a mile", "llai na hanner milltir"),
        (0.81, "0.5 miles", "0.5 milltir"),
        (1.61, "1 mile", "1 filltir"),
        (2.3, "1.4 miles", "1.4 milltir"),
        (16.0, "9.9 miles", "9.9 milltir"),
        (16.06, "10 miles", "10 milltir"),
        (40.0, "25 miles", "25 milltir"),
    ],
)
def test_distances(km: float, english: str, welsh: str) -> None:
    entry = {"name": "Hove", "address": "1 Sea Road, Hove", "postcode": "BN3 1AA", "km": km}
    assert both("addresses", [entry]) == tuple(f"Hove, 1 Sea Road, Hove, BN3 1AA ({said})" for said in (english, welsh))


def test_several_addresses_are_numbered_and_rough_distances_say_so() -> None:
    entries = [
        {
            "name": "Cardiff",
            "name_cy": "Caerdydd",
            "address": "1 High Street",
            "postcode": "CF10",
            "km": 2.3,
            "about": True,
        },
        {"name": "Barry", "address": "", "postcode": "CF62", "km": None},
    ]
    assert blank("addresses", entries, EN) == "1. Cardiff, 1 High Street, CF10 (about 1.4 miles)\n2. Barry, CF62"
    assert blank("addresses", entries, CY) == "1. Caerdydd, 1 High Street, CF10 (tua 1.4 milltir)\n2. Barry, CF62"


def contact(
    channel: str, value: str, label: str | None = None, hours: str | None = None, **more: Any
) -> dict[str, Any]:
    return {"channel": channel, "value": value, "label": label, "hours": hours, **more}


@pytest.mark.parametrize(
    ("value", "english", "welsh"),
    [
        (
            [contact("phone", "0800 328 5644", "Universal Credit", "Monday to Friday, 8am to 6pm")],
            "Telephone: 0800 328 5644 (Monday to Friday, 8am to 6pm)",
            "Ffôn: 0800 328 5644 (dydd Llun i ddydd Gwener, 8am i 6pm)",
        ),
        (
            [contact("Relay UK", "18001 then 0800 328 5644")],
            "Relay UK: 18001 then 0800 328 5644",
            "Relay UK: 18001 yna 0800 328 5644",
        ),
        (
            [contact("online", "https://example.org", hours="any time")],
            "Online: https://example.org",
            "Ar-lein: https://example.org",
        ),
        ([contact("email", "a@example.org")], "Email: a@example.org", "E-bost: a@example.org"),
        ([contact("post", "1 High Street")], "Post: 1 High Street", "Post: 1 High Street"),
        (
            [contact("text", "Text SHOUT to 85258", hours="24 hours")],
            "Text SHOUT to 85258 (24 hours)",
            "Tecstiwch SHOUT i 85258 (24 awr)",
        ),
        (
            [contact("phone", "0808 (A Line)", hours="24 hours, free")],
            "Telephone: 0808 (A Line, 24 hours, free)",
            "Ffôn: 0808 (A Line, 24 awr, am ddim)",
        ),
        (
            [contact("phone", "1", hours="Monday to Friday, 8am to 8pm; Saturday, 8am to midday")],
            "Telephone: 1 (Monday to Friday, 8am to 8pm; Saturday, 8am to midday)",
            "Ffôn: 1 (dydd Llun i ddydd Gwener, 8am i 8pm; dydd Sadwrn, 8am i hanner dydd)",
        ),
        ([contact("phone", "1", hours="when staffed")], "Telephone: 1 (when staffed)", "Ffôn: 1"),
        (
            [contact("phone", "1", "Someone to talk to"), contact("Relay UK", "2"), contact("phone", "3", "Debt")],
            "Someone to talk to: 1\nRelay UK: 2\nDebt: 3",
            "Siarad â rhywun: 1\nRelay UK: 2\nDyled: 3",
        ),
        (
            [contact("phone", "1", nation="england"), contact("phone", "2", nation="scotland")],
            "England: 1\nScotland: 2",
            "Lloegr: 1\nYr Alban: 2",
        ),
        ([], "", ""),
        (None, "", ""),
    ],
)
def test_contacts(value: Any, english: str, welsh: str) -> None:
    assert fill("{contacts}", {"contacts": value}, EN) == english
    assert fill("{contacts}", {"contacts": value}, CY) == welsh


def sample_contacts() -> list[dict[str, str]]:
    with (PROJECT / "data" / "sample" / "contacts.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["say"] != "never"]


def test_what_every_line_of_the_directory_is_for_has_welsh() -> None:
    labels = {row["topic"].partition(";")[0].strip() for row in sample_contacts()}
    said = {label: directory.in_welsh(label) for label in labels}
    assert {label for label, welsh in said.items() if label == welsh} == set()


def test_every_hour_of_a_line_that_may_be_said_has_welsh() -> None:
    hours = {
        row["hours"]
        for row in sample_contacts()
        if row["hours_say"] == "say" and row["channel"] in ("phone", "Relay UK") and row["hours"] != "any time"
    }
    assert {text for text in hours if not directory.hours_in_welsh(text)} == set()


@pytest.mark.parametrize(
    ("spec", "value", "english", "welsh"),
    [
        ("cause", "weather", "the weather", "y tywydd"),
        ("cause:because", "flood", " because of flooding", " oherwydd llifogydd"),
        ("cause:because", "other", "", ""),
        ("cause:because", None, "", ""),
        ("holiday", {"title": "Christmas Day", "title_cy": "Dydd Nadolig"}, " (Christmas Day)", " (Dydd Nadolig)"),
        ("holiday", {"title": "Staff day", "title_cy": "Staff day"}, " (Staff day)", ""),
        ("holiday", None, "", ""),
        ("until:note", None, "", ""),
        ("until:note", "2026-11-21T17:00:00+00:00", ", until 5pm tomorrow", ", tan 5pm yfory"),
        ("hours:note", [["10:00", "14:00"]], " (10am to 2pm)", " (10am i 2pm)"),
        ("facilities", ["computers", "wifi"], "computers you can use and free Wi-Fi", None),
        ("facilities", ["lift", "bike_rack"], "a lift and bike rack", "lifft a bike rack"),
        ("facilities", ["lift", "toilets"], "a lift and toilets", "lifft a thoiledau"),
        ("facilities", ["wifi", "computers"], None, "Wi-Fi am ddim a chyfrifiaduron i chi eu defnyddio"),
        ("facilities", ["wifi", "lift", "printer"], None, "Wi-Fi am ddim, lifft ac argraffydd"),
        ("facilities", ["toilets"], "toilets", "toiledau"),
        ("topic", "universal_credit", "Universal Credit", "Credyd Cynhwysol"),
        ("topic", None, "benefits", "budd-daliadau"),
        ("topic", {"en": "Widgets", "cy": "Teclynnau"}, "Widgets", "Teclynnau"),
        ("message", {"en": "Use the side door", "cy": "Defnyddiwch y drws ochr."}, "Use the side door.", None),
        ("message", {"en": "Use the side door", "cy": ""}, "Use the side door.", ""),
        ("message", "Use the side door", "Use the side door.", ""),
        ("count", 1, "one", "un"),
        ("count", 2, "2", "2"),
        ("count:swyddfa|o swyddfeydd", 11, "o swyddfeydd", "o swyddfeydd"),
        ("choices", ["A", "B"], "1. A\n2. B", "1. A\n2. B"),
    ],
)
def test_small_blanks(spec: str, value: Any, english: str | None, welsh: str | None) -> None:
    blanks = {spec.split(":")[0]: value, "today": TODAY}
    if english is not None:
        assert fill(f"-{{{spec}}}", blanks, EN)[1:] == english
    if welsh is not None:
        assert fill(f"-{{{spec}}}", blanks, CY)[1:] == welsh


def variation(text: str, language: Language, **metadata: Any) -> dict[str, Any]:
    return {"text": text, "metadata": {"kind": "thanks", "language": language.value, **metadata}}


RESPONSES = {
    "utter_one": [variation("One {office}.", EN), variation("Mae {office}.", CY)],
    "utter_next": [variation("Next.", EN, follows=True), variation("Nesaf.", CY, follows=True)],
    "utter_line": [variation("Line {n}.", EN, follows="line"), variation("Llinell {n}.", CY, follows="line")],
    "utter_list": [variation("List:\n{choices}", EN), variation("Rhestr:\n{choices}", CY)],
    "utter_message": [variation("{message}", EN, follows=True), variation("{message}", CY, follows=True)],
    "utter_start": [variation("{office} is here.", EN), variation("{office} yma.", CY)],
}


def said(*parts: tuple[str, dict[str, Any]], language: Language = EN) -> str:
    return render(RESPONSES, [Answer(name, Kind.THANKS, blanks) for name, blanks in parts], language)


HOVE = {"office": office("Hove")}


def test_answers_are_paragraphs_and_followers_go_on_in_them() -> None:
    assert said(("utter_one", HOVE), ("utter_next", {}), ("utter_start", HOVE)) == (
        "One Hove Jobcentre. Next.\n\nHove Jobcentre is here."
    )


def test_lines_stand_below_and_nothing_follows_on_the_end_of_a_list() -> None:
    assert said(("utter_one", HOVE), ("utter_line", {"n": 1}), ("utter_line", {"n": 2})) == (
        "One Hove Jobcentre.\nLine 1.\nLine 2."
    )
    assert said(("utter_list", {"choices": ["A"]}), ("utter_next", {})) == "List:\n1. A\nNext."


def test_a_follower_without_anything_before_it_stands_alone() -> None:
    assert said(("utter_next", {})) == "Next."


def test_the_same_text_is_said_once() -> None:
    assert said(("utter_one", HOVE), ("utter_next", {}), ("utter_next", {})) == "One Hove Jobcentre. Next."


def test_an_english_message_is_left_out_of_a_welsh_reply() -> None:
    message = {"message": {"en": "Use the side door.", "cy": ""}}
    assert said(("utter_one", HOVE), ("utter_message", message), language=CY) == "Mae Canolfan Byd Gwaith Hove."


def test_a_blank_that_starts_a_sentence_has_a_capital_and_links_keep_theirs() -> None:
    both_offices = office("A", "B", all=True, total=2, place="Leeds")
    assert fill("{office} are open. {office} too.", {"office": both_offices}, EN) == (
        "Both offices in Leeds are open. Both offices in Leeds too."
    )
    assert fill("Here.\n{link}", {"link": "https://example.org"}, EN) == "Here.\nhttps://example.org"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Mae {office} ar gau.", "Mae’r ddwy swyddfa yn Leeds ar gau."),
        ("Byddai {office} ar gau.", "Byddai’r ddwy swyddfa yn Leeds ar gau."),
        ("Ni wyddom a yw {office} ar agor.", "Ni wyddom a yw’r ddwy swyddfa yn Leeds ar agor."),
        ("Oriau {office}.", "Oriau’r ddwy swyddfa yn Leeds."),
        ("Roedd {office} ar gau.", "Roedd y ddwy swyddfa yn Leeds ar gau."),
        ("Yr hyn y gall {office} ei wneud.", "Yr hyn y gall y ddwy swyddfa yn Leeds ei wneud."),
    ],
)
def test_the_welsh_article_leans_on_a_vowel_before_it(text: str, said: str) -> None:
    assert fill(text, {"office": office("A", "B", all=True, total=2, place="Leeds")}, CY) == said


@pytest.mark.parametrize(
    ("when", "verb"),
    [
        ({"now": True}, "Mae"),
        (day("2026-11-20"), "Mae"),
        ({**day("2026-11-20"), "time": "15:00"}, "Mae"),
        ({**day("2026-11-20"), "past": True}, "Roedd"),
        (day("2026-11-19"), "Roedd"),
        (day("2026-11-21"), "Bydd"),
        ({**day("2027-01-01"), "part": "morning"}, "Bydd"),
    ],
)
def test_welsh_has_a_verb_for_what_is_to_come(when: dict[str, Any], verb: str) -> None:
    assert fill("{when:Mae|Roedd|Bydd}", {"when": when, "today": TODAY}, CY) == verb


def test_braces_in_what_people_or_staff_wrote_are_only_text() -> None:
    assert fill("{text} {message}", {"text": "{office}", "message": {"en": "{0.x}"}}, EN) == "{office} {0.x}."


@pytest.mark.parametrize(
    ("text", "blanks"),
    [
        ("{office}", {}),
        ("{office}", {"office": None}),
        ("{office:shout}", {"office": office("Hove")}),
        ("{day}", {"day": "2026-11-20"}),
        ("{cause}", {"cause": "other"}),
        ("{checked}", {"checked": "soon"}),
        ("{next}", {"next": "2026-11-20T09:00", "today": TODAY}),
        ("{when}", {"when": {**day(TODAY), "time": "09:00", "relation": "beside"}}),
    ],
    ids=["missing", "null", "unknown type", "no today", "cause without words", "no time", "no zone", "no relation"],
)
@pytest.mark.parametrize("language", list(Language))
def test_wrong_blanks_are_refused(text: str, blanks: dict[str, Any], language: Language) -> None:
    with pytest.raises(WordingError):
        fill(text, blanks, language, "utter_x")


def test_an_unknown_response_is_refused() -> None:
    with pytest.raises(WordingError, match="utter_nothing"):
        said(("utter_nothing", {}))


@pytest.mark.parametrize(
    "variations",
    [
        [variation("Only English.", EN)],
        [variation("A.", EN), variation("B.", EN)],
        [variation("A.", EN, kind="greeted"), variation("B.", CY)],
    ],
    ids=["one language", "one language twice", "unknown kind"],
)
def test_responses_that_break_the_rules_are_refused(variations: list[dict[str, Any]]) -> None:
    with pytest.raises(WordingError, match="utter_bad"):
        load_responses({"responses": {"utter_bad": variations}})
