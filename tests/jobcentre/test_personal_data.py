"""What is personal goes, whatever its disguise; what people ask about stays."""

from __future__ import annotations

import re
import string
import time
from urllib.parse import quote

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.jobcentre.personal_data import PersonalData, redact, redact_across
from bot.jobcentre.text import LIMIT, clean, skeleton

OURS = (
    "111",
    "999",
    "0800 328 5644",
    "18001 then 0800 169 0310",
    "0345 604 3719",
    "0808 2000 247",
    "0800 1111",
    "01253 899 311",
    "press.office@dwp.example",
)
NI = PersonalData.NATIONAL_INSURANCE_NUMBER
NHS = PersonalData.NHS_NUMBER
BANK = PersonalData.BANK_DETAILS
CARD = PersonalData.CARD_NUMBER
PHONE = PersonalData.PHONE_NUMBER
EMAIL = PersonalData.EMAIL_ADDRESS
BIRTH = PersonalData.DATE_OF_BIRTH
REFERENCE = PersonalData.REFERENCE_NUMBER
POSTCODE = PersonalData.POSTCODE

PERSONAL = [
    ("my ni is JG103759A thanks", (NI,), "my ni is [National Insurance number removed] thanks"),
    ("TWO00111A", (NI,), "[National Insurance number removed]"),
    ("jg 10 37 59 a is mine", (NI,), "[National Insurance number removed] is mine"),
    ("JG-10-37-59-A", (NI,), "[National Insurance number removed]"),
    ("JG.10.37.59.A, open?", (NI,), "[National Insurance number removed], open?"),
    ("JG/103759/A", (NI,), "[National Insurance number removed]"),
    ("J G 1 0 3 7 5 9 A", (NI,), "[National Insurance number removed]"),
    ("J\nG\n10\n37\n59\nA", (NI,), "[National Insurance number removed]"),
    ("J😀G😀1😀0😀3😀7😀5😀9😀A", (NI,), "[National Insurance number removed]"),
    ("QQ123456C", (NI,), "[National Insurance number removed]"),
    ("qq 12 34 56 c", (NI,), "[National Insurance number removed]"),
    ("ЈG1О3759А", (NI,), "[National Insurance number removed]"),
    ("ＪＧ１０３７５９Ａ", (NI,), "[National Insurance number removed]"),
    ("ⒿⒼ①⓪③⑦⑤⑨Ⓐ", (NI,), "[National Insurance number removed]"),
    ("🇯🇬1️⃣0️⃣3️⃣7️⃣5️⃣9️⃣🅰️", (NI,), "[National Insurance number removed]"),
    ("J\u200bG\u200b10\u200b3759\u200bA", (NI,), "[National Insurance number removed]"),
    ("JG1O3759A", (NI,), "[National Insurance number removed]"),
    ("jg one oh three seven five nine a", (NI,), "[National Insurance number removed]"),
    ("JG ten thirty seven fifty nine A", (NI,), "[National Insurance number removed]"),
    ("my NI number is JG 10 37 59", (NI,), "my NI number is [National Insurance number removed]"),
    ("JG 10 thirty seven 59 A", (NI,), None),
    ("JG deuddeg tri deg pedwar pum deg chwech A", (NI,), None),
    ("07700 nine hundred 461", (PHONE,), None),
    ("ref number four two nine one eight eight", (REFERENCE,), None),
    ("dob 9th of the 6th 71", (BIRTH,), None),
    ("9/6/1971 me date of birth", (BIRTH,), None),
    ("ninth of june 1971 is my date of birth", (BIRTH,), None),
    ("dob zero nine zero six nineteen seventy one", (BIRTH,), None),
    ("sam{at}yahoo{dot}com", (EMAIL,), None),
    ("sam ar gmail dot com", (EMAIL,), None),
    ("LSI 4AB", (POSTCODE,), "LS1 4"),
    ("ls 1 4 a b", (POSTCODE,), "LS1 4"),
    ("the esa number? mine is 0161 496 0333", (PHONE,), None),
    ("my nino is 103759", (NI,), "my nino is [National Insurance number removed]"),
    ("JG103759", (NI,), "[National Insurance number removed]"),
    ("NINOJG103759A", (NI,), None),
    ("JG103759Athanks", (NI,), None),
    ("fy rhif yswiriant gwladol yw JG 10 37 59 A", (NI,), None),
    ("JG103759A I mean 10-37-59", (NI,), None),
    ("DA 12 34 56 B (temporary)", (NI,), None),
    ("J then G then I then O then 3 then 7 then 5 then 9 then A", (NI,), "[National Insurance number removed]"),
    ("nino JG 1O E7 S9 A", (NI,), "nino [National Insurance number removed]"),
    ("J6103759A", (NI,), "[National Insurance number removed]"),
    ("bXkgbmkgaXMgSkcgMTAgMzcgNTkgQQ== is base64", (NI,), "[National Insurance number removed] is base64"),
    ("name is John Smith NI QQ123456C", (NI,), "name is John Smith NI [National Insurance number removed]"),
    ("NI no.QQ123456C", (NI,), "NI no.[National Insurance number removed]"),
    ("my nino's qq123456c", (NI,), "my nino's [National Insurance number removed]"),
    ("JohnQQ 12 34 56 Cthanks", (NI,), "John[National Insurance number removed]thanks"),
    ("nino qq 12 34 56 c/07700900123", (NI, PHONE), None),
    ("niqq 12 34 56 c", (NI,), "ni[National Insurance number removed]"),
    ("five one zero five one two three four five six seven eight nine zero one two is on the card", (CARD,), None),
    ("visa card no 4105 1234 5678 9012", (CARD,), "visa card no [card number removed]"),
    ("kaz at outlook com", (EMAIL,), "[email address removed]"),
    ("dob third of may nineteen sixty one", (BIRTH,), "dob [date of birth removed]"),
    ("m.1.4 7.q.t", (POSTCODE,), "M14 7"),
    ("ring 496 0123 after 2", (PHONE,), "ring [phone number removed] after 2"),
    ("my landline's 4960123", (PHONE,), "my landline's [phone number removed]"),
    ("my number is 07700 90012", (PHONE,), "my number is [phone number removed]"),
    ("fy rhif ffôn yw 496 0123", (PHONE,), None),
    ("call me on 07700 900123", (PHONE,), "call me on [phone number removed]"),
    ("0 7 7 0 0 9 0 0 1 2 3", (PHONE,), "[phone number removed]"),
    ("07700.900.123", (PHONE,), "[phone number removed]"),
    ("07700-900-123", (PHONE,), "[phone number removed]"),
    ("O77OO 9OO123", (PHONE,), "[phone number removed]"),
    ("oh seven seven double oh nine hundred one two three", (PHONE,), "[phone number removed]"),
    ("dim saith saith dim dim naw dim dim un dau tri", (PHONE,), "[phone number removed]"),
    ("+44 7700 900123", (PHONE,), "[phone number removed]"),
    ("0044 (0)7700 900 123", (PHONE,), "[phone number removed]"),
    ("7700 900123 is my mobile", (PHONE,), "[phone number removed] is my mobile"),
    ("ring 0113 496 0000", (PHONE,), "ring [phone number removed]"),
    ("(020) 7946 0958", (PHONE,), None),
    ("+353 86 123 4567", (PHONE,), "[phone number removed]"),
    ("on 0800 328 5644 or on 07700900123", (PHONE,), "on 0800 328 5644 or on [phone number removed]"),
    ("0800 328 5644 07700 900123", (PHONE,), "0800 328 5644 [phone number removed]"),
    ("write to joe.bloggs+uc@gmail.com", (EMAIL,), "write to [email address removed]"),
    ("JOE@EXAMPLE.CO.UK", (EMAIL,), "[email address removed]"),
    ("joe at gmail dot com", (EMAIL,), "[email address removed]"),
    ("joe (at) outlook . co.uk", (EMAIL,), "[email address removed]"),
    ("joe @ example . com", (EMAIL,), "[email address removed]"),
    ("joe@hotmail", (EMAIL,), "[email address removed]"),
    ("joe.bloggs at hotmail", (EMAIL,), "[email address removed]"),
    ("joe.bloggs[at]example.net", (EMAIL,), "[email address removed]"),
    ('"joe bloggs"@example.net', (EMAIL,), "[email address removed]"),
    ("sort code 20-00-00 account 12345678", (BANK,), None),
    ("20-00-00 55779911", (BANK,), "[bank details removed]"),
    ("my account number is 1234 5678", (BANK,), "my account number is [bank details removed]"),
    ("acc 55779911 s/c 200000", (BANK,), None),
    ("rhif fy nghyfrif: cyfrif 12345678", (BANK,), None),
    ("GB29 NWBK 6016 1331 9268 19 thanks", (BANK,), "[bank details removed] thanks"),
    ("DE89370400440532013000", (BANK,), "[bank details removed]"),
    ("4111 1111 1111 1111", (CARD,), "[card number removed]"),
    ("4111111111111111", (CARD,), "[card number removed]"),
    ("3782 822463 10005", (CARD,), "[card number removed]"),
    ("5.5.5.5.5.5.5.5.5.5.5.5.4.4.4.4", (CARD,), "[card number removed]"),
    ("dob 4/3/90", (BIRTH,), "dob [date of birth removed]"),
    ("born on the fourth of march nineteen ninety", (BIRTH,), "born on the [date of birth removed]"),
    ("i was born in march 1990, on the 4th", (BIRTH,), "i was born in [date of birth removed]"),
    ("D.O.B: 04.03.1990", (BIRTH,), "D.O.B: [date of birth removed]"),
    ("born on 4th March 1990", (BIRTH,), "born on [date of birth removed]"),
    ("date of birth 1990-03-04", (BIRTH,), "date of birth [date of birth removed]"),
    ("04/03/1990 is my dob", (BIRTH,), "[date of birth removed] is my dob"),
    ("my birthday is march 4th 1990", (BIRTH,), "my birthday is [date of birth removed]"),
    ("fy nyddiad geni yw 4 Mawrth 1990", (BIRTH,), "fy nyddiad geni yw [date of birth removed]"),
    ("ganwyd fi 4ydd o Fawrth 1990", (BIRTH,), "ganwyd fi [date of birth removed]"),
    ("JG103759A, 04/03/1990", (NI, BIRTH), "[National Insurance number removed], [date of birth removed]"),
    ("my ref is AB12345", (REFERENCE,), "my ref is [reference number removed]"),
    ("claim number 123456789", (REFERENCE,), "claim number [reference number removed]"),
    ("appeal ref SC123/24/00456", (REFERENCE,), None),
    ("case no: 4417 2290", (REFERENCE,), "case no: [reference number removed]"),
    ("cyfeirnod 99887", (REFERENCE,), "cyfeirnod [reference number removed]"),
    ("UC123456789", (REFERENCE,), "[reference number removed]"),
    ("123456789012", (REFERENCE,), "[reference number removed]"),
    ("[AB][12][34][56][C]", (NI,), None),
    ("<b>AB</b> <i>123456</i>C", (NI,), None),
    ("**AB** **12** `34` 56 C", (NI,), None),
    ("AB%2012%2034%2056%20C", (NI,), "[National Insurance number removed]"),
    ("https://x.example/?q=%41%42123456%43", (NI,), None),
    ("&#65;&#66;123&#52;56&#x43;", (NI,), "[National Insurance number removed]"),
    ("AB&nbsp;12&nbsp;34&shy;56&nbsp;C", (NI,), "[National Insurance number removed]"),
    ("C654321BA is mine backwards", (NI,), "[National Insurance number removed] is mine backwards"),
    ("\u202eC 65 43 21 BA\u202c", (NI,), None),
    ("123456 AB C", (NI,), "[National Insurance number removed]"),
    ("alpha bravo one two three four five six charlie", (NI,), "[National Insurance number removed]"),
    ("A for apple B as in boy 12 34 56 C for cat", (NI,), None),
    ("kay gee twelve thirty-four fifty-six b", (NI,), "[National Insurance number removed]"),
    ("double K then 12 then 34 then 56 and A", (NI,), None),
    ("it starts AB then 123456 and ends in C", (NI,), None),
    ("AB dash 12 dash 34 dash 56 dash C", (NI,), "[National Insurance number removed]"),
    ("letters AB and C, with 123456 in the middle", (NI,), None),
    ("ABonetwothreefourfivesixC", (NI,), "[National Insurance number removed]"),
    ("ab un dau tri pedwar pump chwech c", (NI,), "[National Insurance number removed]"),
    ("ab un deg dau tri deg pedwar pum deg chwech c", (NI,), "[National Insurance number removed]"),
    ("KG12E456B", (NI,), "[National Insurance number removed]"),
    ("5K123456A", (NI,), "[National Insurance number removed]"),
    ("TN 14 02 87 F", (NI,), "[National Insurance number removed]"),
    ("ꓙꓖ103759ꓮ", (NI,), "[National Insurance number removed]"),
    ("ᒍG103759ᗩ", (NI,), None),
    ("JG一〇三七五九A", (NI,), "[National Insurance number removed]"),
    ("A A 0 0 0 1 1 1 A", (NI,), "[National Insurance number removed]"),
    ("SC 00 01 11 A", (NI,), "[National Insurance number removed]"),
    ("my ref is AB123456", (REFERENCE,), "my ref is [reference number removed]"),
    ("07700 then 900 then 123", (PHONE,), "[phone number removed]"),
    ("07700nine00123", (PHONE,), "[phone number removed]"),
    ("0 double 7 double 0 9 double 0 1 2 3", (PHONE,), "[phone number removed]"),
    ("07700&nbsp;900&nbsp;123", (PHONE,), "[phone number removed]"),
    ("ring 07700 [900] 123", (PHONE,), "ring [phone number removed]"),
    ("0113 496 0000 ext 4", (PHONE,), "[phone number removed]"),
    ("joe&#64;example.org or joe%40example.org", (EMAIL,), None),
    ('joe "at" gmail "dot" com', (EMAIL,), "[email address removed]"),
    ("j o e @ g m a i l . c o m", (EMAIL,), "[email address removed]"),
    ("born on the fourteenth of february 1987", (BIRTH,), "born on the [date of birth removed]"),
    ("d o b 14/02/1987", (BIRTH,), "d o b [date of birth removed]"),
    ("Siân Jones 14/02/1987", (BIRTH,), "Siân Jones [date of birth removed]"),
    ("my details: 14/02/1987, 12 High Street", (BIRTH,), None),
    ("cefais fy ngeni ar 14 Chwefror 1987", (BIRTH,), None),
    ("sc 20-00-00", (BANK,), None),
    ("IBAN GB29-NWBK-6016-1331-9268-19", (BANK,), "IBAN [bank details removed]"),
    ("55779911 and 20-00-00", (BANK,), "[bank details removed]"),
    ("4111-1111-1111-1111", (CARD,), "[card number removed]"),
    ("the cvv is 123", (CARD,), "the cvv is [card number removed]"),
    ("licence MORGA753116SM9IJ", (REFERENCE,), "licence [reference number removed]"),
    ("share code is W8X 4T2 9KL", (REFERENCE,), None),
    ("LS1%202SL", (POSTCODE,), "LS1 2"),
    ("LS1&nbsp;2SL", (POSTCODE,), "LS1 2"),
    ("nhs number 943 476 5919", (NHS,), "nhs number [NHS number removed]"),
    ("943 476 5919", (NHS,), "[NHS number removed]"),
    ("fy rhif GIG 9434765919", (NHS,), None),
    ("nearest to LS1 2SL?", (POSTCODE,), "nearest to LS1 2?"),
    ("nearest to ls12sl", (POSTCODE,), "nearest to LS1 2"),
    ("SW1A 0AA and sw1a0aa", (POSTCODE,), "SW1A 0 and SW1A 0"),
    ("SW1A OAA", (POSTCODE,), "SW1A 0"),
    ("LS1 2 SL thanks", (POSTCODE,), "LS1 2 thanks"),
    ("L S 1 2 S L", (POSTCODE,), "LS1 2"),
    ("nearest to LS 1 2SL", (POSTCODE,), "nearest to LS1 2"),
    ("ls 12 3ab", (POSTCODE,), "LS12 3"),
    ("m1-1ae", (POSTCODE,), "M1 1"),
    ("ＬＳ１ ２ＳＬ", (POSTCODE,), "LS1 2"),
    ("I live at LS12 3AB, 07700 900123", (POSTCODE, PHONE), "I live at LS12 3, [phone number removed]"),
]


@pytest.mark.parametrize(("message", "kinds", "left"), PERSONAL, ids=[message[:40] for message, _, _ in PERSONAL])
def test_personal_data_is_replaced_by_its_kind(message: str, kinds: tuple[PersonalData, ...], left: str | None) -> None:
    redacted = redact(message, ours=OURS)
    assert redacted.kinds == kinds
    assert left is None or redacted.text == left
    assert redact(redacted.text, ours=OURS).text == redacted.text
    if kinds != (POSTCODE,):
        assert not re.search(r"[0-9]{5}", re.sub("0800 328 5644", "", redacted.text))


INNOCENT = """is everything at the jobcentre administration office unchanged in november 2026
was your office opened in march 1990
i look at outlook all day
meet me at 10.30 at outlook house

is leeds park place open tomorrow
is it open 9 to 5
open 09:00-17:00?
are you open 9.30am till 4.30pm on 24/12/2026
what time do you open on 27/11/2026
is it open 27.11.26
is it open 2026-12-24
open 24-12-2026 and 31-12-2026?
opening hours 0900-1700 1000-1400
09.00-17.00, 10.00-14.00, 09.00-17.00
Mo-Fr 09:00-17:00; Sa 10:00-13:00
is it 10 15 or 10 30
we open at 9 10 11 or 12
my appointment is at 10:30 on 3 December 2026
my appointment is 2pm 03/12/26 a friend is coming
on 27/11/26 a friend went there
the 27th at 10 30 45 minutes
between 24 12 2026 and 02 01 2027
how much is 1,234.56
I got £1,234.56 on 01/11/2026
£400 a month or £20,000 a year
is 0800 328 5644 open now
ring 08003285644
ring +44 800 328 5644
ring 0044 800 3285644
18001 0800 169 0310 not working
18001 0800 328 5644
between 24 12 26 and 28 12 26 closed
hours 10 11 12 Closed
OPEN 10 11 12 CLOSED
ring 116 123 or 0800 1111
call on 24 12 2026
phone before 10 30 45
is 0800-169-0310 the right line
0345 604 3719 please
women's helpline 0808 2000 247
childline is 0800 1111
01253 899 311
call 999 or 111 or 101
samaritans 116 123 a friend said
text SHOUT to 85258
is 105 for power cuts
press.office@dwp.example please
email PRESS.OFFICE@DWP.EXAMPLE
do you have an email address
what is your phone number
nearest to LS1
nearest to LS1 2
anything in SW1A
offices in M1, M2 and M3
ls1 2 at the top
are you open till 1745 tomorrow
shut until 11 or open till 11 30
do i call 0113 or 0114 first
is m1 our nearest
LS1 2 is closed
is it LS1 2 LS1 3 or LS1 4
take the 36 bus, get off at stop 4
platform 2 at 10
is the office at 14 Park Place open
12 Eastgate, Leeds
flat 3b, 114 high street
room 101 floor 2
is the 2nd of december a holiday
1st, 2nd and 3rd january
I am 27 years old
I am 66 in 2027, what about state pension
born in 1990 can I get it
I was born in leeds
how do I change my date of birth on the claim
my ni number is lost
i dont know my NI number
NI offices open?
is NI different from GB
how do i get a national insurance number
my account is locked
how do I change bank account
do you close at 4 on account of the snow
what bank holidays 2026
claim closed 3 weeks ago
my claim has been 6 weeks
make a claim by 31/12/2026
case closed
reference please for 2026
what is FOI2026/01234
foi ref FOI2026/12345
I sent 3 letters in 2025 and 2 in 2026
universal credit 2026 2027 rates
a UC50 form
form ESA113 and SF100
a P45 and a P60
24/7
ring between 8am and 6pm
Monday 7 to Friday 11 December
open christmas eve, 24 25 26 27 28 29 30 31 December
one two three testing
one of the two offices at three
dau neu dri o bobl am ddeg
ydy swyddfa Caernarfon ar agor 24/12/2026
oriau agor 9:00-17:00
rhif ffon y swyddfa
beth yw'r rhif ffôn 0800 328 5644
my son is 16 in 2027
look at gov dot uk
meet me at 10 at leeds
at the jobcentre at 9am
@JCPinLeeds is it open
https://www.gov.uk/contact-jobcentre-plus
1000 people in the queue
10,000 steps
it is -5 outside, 10 cm of snow
I was there 15 minutes, then 20, then 25
sanctioned for 13 weeks
90% sure it opens at 10
unit 4 at 5th avenue
a1 2nd floor
is it open from 9 1st thing or at 10 2nd floor
so 1 2yr old and me 2 3hr bus
is leeds open on 3/12/1990
closed since 01/04/2005
was it open 25/12/2009
i was born in leeds, is it open 24/12/2026
between 24 12 26 and 28 12 26
i want to be seen at 10 then 11 and then 12 please
golf hotel at 10 and 12
is the golf club open at 10 11 12 and 13 then
open ten eleven twelve
the letters from 24 12 2026
50%20 off
<b>is it open</b>
ydi'r rhif 0800 am ddim
the number 0300 is what
A for effort, 10 out of 10
{{7*7}} and ${7*7} and %s
is line 3 of the letter 12
on a 12 hour 30 min journey
sort this out I have told you 12 30 45 times
from 12 thirty to 4 thirty
the 24th 25th and twenty sixth
i am on gmail
01101000 01101001
""".strip().splitlines()


@pytest.mark.parametrize("message", INNOCENT)
def test_what_people_ask_about_is_left_alone(message: str) -> None:
    assert redact(message, ours=OURS).text == message
    assert redact(message, ours=OURS).kinds == ()


def test_a_helpline_that_is_not_ours_is_removed() -> None:
    assert redact("ring 0800 328 5644").kinds == (PHONE,)
    assert redact("18001 0800 123 4567", ours=OURS).text == "18001 [phone number removed]"


@pytest.mark.parametrize("contact", ["", "https://www.gov.uk/contact-jobcentre-plus", "Freepost DWP", "+44"])
def test_a_contact_without_a_number_saves_no_number(contact: str) -> None:
    assert redact("QQ 12 34 56 C, 07700 900123", ours=[contact]).kinds == (NI, PHONE)


LOOK_ALIKES = {
    "0": "0０⓪Oо٠𝟎", "1": "1１①❶𝟏١", "2": "2２②❷", "3": "3３③", "4": "4４④", "5": "5５⑤", "6": "6６⑥", "7": "7７⑦",
    "8": "8８⑧", "9": "9９⑨", "A": "AaАＡⒶα", "B": "BbВＢ", "C": "CcСＣс", "H": "HhНΗ", "J": "JjЈＪ", "K": "KkКΚ",
    "M": "MmМ", "P": "PpРр", "S": "SsЅ", "T": "TtТΤ", "X": "XxХ", "Y": "YyУ", "Z": "ZzΖ",
}  # fmt: skip
SEPARATORS = st.sampled_from(["", " ", "-", ".", "/", "\n", "  ", " - ", "_", "·", "😀", "\u200b", "\u00a0", "–", ", "])
WORDS = st.sampled_from(["", "is it open ", "my number: ", "hi! ", "(", "“", "ok then\n", "Ydy’r swyddfa ar agor? "])
TAILS = st.sampled_from(["", " thanks", "?", ". bye", "\nis it open tomorrow", ")", " 👍", " diolch"])


@st.composite
def national_insurance_numbers(draw: st.DrawFn) -> str:
    first = draw(st.sampled_from(sorted(set(string.ascii_uppercase) - set("DFIQUV"))))
    second = draw(st.sampled_from(sorted(set(string.ascii_uppercase) - set("DFIOQUV"))))
    digits = draw(st.text(st.sampled_from(string.digits), min_size=6, max_size=6))
    assume(digits.count("0") < 4)  # with more letters O than digits it is as likely a word
    assume(digits != "116123")  # after a word such as "on" that is Samaritans' number, and a public one at that
    return first + second + digits + draw(st.sampled_from("ABCD"))


@st.composite
def disguised(draw: st.DrawFn) -> tuple[str, str]:
    """A number, and a message that hides it."""
    number = draw(national_insurance_numbers())
    groups = draw(st.sampled_from([(2, 4, 6, 8), (2, 8), (1, 2, 3, 4, 5, 6, 7, 8), (), (2, 5, 8)]))
    separator = draw(SEPARATORS)
    letters = [draw(st.sampled_from(LOOK_ALIKES.get(letter, letter + letter.lower()))) for letter in number]
    written = "".join(separator * (index in groups) + letter for index, letter in enumerate(letters))
    return number, draw(WORDS) + written + draw(TAILS)


DIGIT_NAMES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
SPOKEN = {str(value): name for value, name in enumerate(DIGIT_NAMES)}
LETTER_NAMES = (
    "alpha bravo charlie delta echo golf hotel juliet kilo lima mike november oscar papa romeo sierra tango whiskey"
    " x-ray yankee zulu"
)
ALPHABET = {name[0].upper(): name for name in LETTER_NAMES.split()}
JOINS = st.sampled_from([" ", "-", " then ", " dash ", "<br>", "</b><b>", "&nbsp;", "%20", "\u200b ", "\n", "][", "**"])
WRAPS = (
    lambda letter: letter,
    lambda letter: f"&#{ord(letter)};",
    lambda letter: f"&#x{ord(letter):x};",
    lambda letter: quote(letter) if ord(letter) > 127 else f"%{ord(letter):02x}",
    lambda letter: f"<i>{letter}</i>",
    lambda letter: f"\u2060{letter}\u200d",
)


@st.composite
def deeply_disguised(draw: st.DrawFn) -> tuple[str, str]:
    """A number in one disguise over another: look-alikes or words, encoded or marked up, and joined by anything."""
    number = draw(national_insurance_numbers())
    says = draw(st.booleans())
    wrap = draw(st.sampled_from(WRAPS))
    pieces = []
    for letter in number:
        if says and draw(st.booleans()):
            pieces.append(SPOKEN.get(letter) or ALPHABET[letter])
        else:
            pieces.append(wrap(draw(st.sampled_from(LOOK_ALIKES.get(letter, letter + letter.lower())))))
    join = draw(JOINS) if says else draw(st.one_of(st.just(""), JOINS))
    return number, draw(WORDS) + join.join(pieces) + draw(TAILS)


@settings(max_examples=80, deadline=None)
@given(deeply_disguised())
def test_no_disguise_over_another_saves_it(case: tuple[str, str]) -> None:
    _is_taken_out(*case)


@pytest.mark.slow
@settings(max_examples=4000, deadline=None)
@given(st.one_of(disguised(), deeply_disguised()))
def test_no_disguise_saves_it_however_often(case: tuple[str, str]) -> None:
    _is_taken_out(*case)


def _is_taken_out(number: str, message: str) -> None:
    redacted = redact(clean(message), ours=OURS)
    assert NI in redacted.kinds
    left = re.sub(r"[^0-9a-z]", "", skeleton(redacted.text).text)
    assert number[2:8] not in left
    assert "".join(SPOKEN[digit] for digit in number[2:8]) not in left
    assert redact(redacted.text, ours=OURS).text == redacted.text


@settings(max_examples=120, deadline=None)
@given(disguised())
def test_no_disguise_saves_a_national_insurance_number(case: tuple[str, str]) -> None:
    number, message = case
    redacted = redact(message, ours=OURS)
    assert NI in redacted.kinds
    left = re.sub(r"[^0-9a-z]", "", skeleton(redacted.text).text)
    assert number[2:8] not in left
    assert redact(redacted.text, ours=OURS).text == redacted.text


@settings(max_examples=60, deadline=None)
@given(disguised(), st.data())
def test_a_number_split_over_a_burst_is_found(case: tuple[str, str], data: st.DataObject) -> None:
    number, message = case
    cuts = sorted(data.draw(st.lists(st.integers(0, len(message)), max_size=3)))
    parts = [message[start:end] for start, end in zip([0, *cuts], [*cuts, len(message)], strict=True)]
    redacted = redact_across(parts, ours=OURS)
    assert len(redacted) == len(parts)
    whole = re.sub("[^0-9a-z]", "", skeleton("".join(part.text for part in redacted)).text)
    assert number[2:8] not in whole


def test_a_postcode_in_two_parts_is_cut_to_its_sector() -> None:
    first, second = redact_across(["nearest to LS1", "2SL"])
    assert (first.text, first.kinds) == ("nearest to LS1", ())
    assert (second.text, second.kinds) == ("LS1 2", (POSTCODE,))


def test_each_part_of_a_burst_says_what_was_in_it() -> None:
    first, second, third = redact_across(["my ni is JG 10 37", "59 A", "is leeds open"])
    assert (first.text, first.kinds) == ("my ni is [National Insurance number removed]", (NI,))
    assert (second.text, second.kinds) == ("[National Insurance number removed]", (NI,))
    assert (third.text, third.kinds) == ("is leeds open", ())


PIECES = """JG103759A|103759|07700900123|0800 328 5644|12345678|20-00-00|dob|04/03/1990|LS1 2SL|SL|2|ref|account|ni
|a@b.com|at gmail dot com|[|]|[bank details removed]|one|double|oh|o|, |4111 1111 1111 1111|9434765919|10:30|£5"""


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(PIECES.split("|")), max_size=14).map(" ".join))
def test_redacting_twice_is_redacting_once(message: str) -> None:
    once = redact(message, ours=OURS)
    again = redact(once.text, ours=OURS)
    assert again.text == once.text
    assert again.kinds == ()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_at_all_is_taken(message: str) -> None:
    redact(message, ours=OURS)


TOILSOME = (
    "0|0 |a|a1|ab12 |7 |one |born |ni |account |@|a@|1/1/1990 |07911 123456 |o1|ref |double |ls1 2 sl |😀|[|n i 1 |0."
    "|AB123456C |dob 1/1/1990 |&#4|&#48;|%30|<a |<b>|letter |q for |then |oneone|dau deg |a b c @ |12-34-56 "
)


@pytest.mark.parametrize("length", [1_000, pytest.param(LIMIT, marks=pytest.mark.slow)])
def test_a_long_message_takes_little_time_whatever_is_in_it(length: int) -> None:
    for piece in TOILSOME.split("|"):
        message = (piece * length)[:length]
        started = time.process_time()  # the work itself, however busy the machine is
        redact(message, ours=OURS)
        assert time.process_time() - started < length / 2_500, repr(piece)
