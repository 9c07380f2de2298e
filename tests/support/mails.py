"""E-mails in the shapes that programs really send, of invented families.

`mail(...)` is one that the receiving server vouches for; everything about it can be changed. The answers, absence notes
and bounces below it have the headers and the layout of Gmail, iPhones, Outlook, Exchange, Postfix and qmail.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping

US = "absence@school.example"
SERVER = "mx.school.example"
NGOZI = "ngozi@family.example"
OURS = "0123456789abcdef0123456789abcdef"
"""An id of ours, as it stands in the Message-ID of what we wrote."""
PDF = b"%PDF-1.7\n" + b"an appointment card\n" * 20
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20_000

Headers = Mapping[str, str | None]


def vouched(sender: str = NGOZI, server: str = SERVER) -> str:
    """What the receiving server writes of a sender whom it believes."""
    domain = sender.rpartition("@")[2]
    return (
        f"{server};\r\n\tdkim=pass (2048-bit key) header.d={domain} header.i=@{domain};"
        f"\r\n\tspf=pass (sender IP is 192.0.2.1) smtp.mailfrom={sender};"
        f"\r\n\tdmarc=pass (p=REJECT) header.from={domain}"
    )


def vouched_by_microsoft(sender: str = NGOZI, verdict: str = "pass reason=100") -> str:
    """What Microsoft 365 writes: the same, without a name of its own."""
    domain = sender.rpartition("@")[2]
    return (
        f"spf=pass (sender IP is 192.0.2.1)\r\n smtp.mailfrom={domain}; dkim=pass (signature was verified)\r\n"
        f" header.d={domain};dmarc=pass action=none\r\n header.from={domain};compauth={verdict}"
    )


def mail(body: str = "Amina is ill today.", headers: Headers | None = None, *, sender: str = NGOZI) -> bytes:
    """A plain mail. `headers` add, change, or with None take away."""
    values: dict[str, str | None] = {
        "Return-Path": f"<{sender}>",
        "Delivered-To": US,
        "Authentication-Results": vouched(sender),
        "Received": "from mail.family.example by mx.school.example; Tue, 17 Nov 2026 08:10:02 +0000",
        "Message-ID": "<CAF-one@mail.family.example>",
        "Date": "Tue, 17 Nov 2026 08:10:00 +0000",
        "From": f"Ngozi Okafor <{sender}>",
        "To": US,
        "Subject": "Absence",
        "MIME-Version": "1.0",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "8bit",
        **(headers or {}),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in values.items() if value is not None)
    return f"{head}\r\n{body}".encode().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def with_files(body: str, *files: tuple[str, str, bytes], headers: Headers | None = None) -> bytes:
    """A mail with files: (name, the media type that the sender claims, bytes)."""
    parts = [f'--b1\r\nContent-Type: text/plain; charset="utf-8"\r\n\r\n{body}\r\n']
    for name, claimed, data in files:
        encoded = base64.encodebytes(data).decode()
        parts.append(
            f'--b1\r\nContent-Type: {claimed}; name="{name}"\r\nContent-Disposition: attachment; filename="{name}"\r\n'
            f"Content-Transfer-Encoding: base64\r\n\r\n{encoded}\r\n"
        )
    mixed = {"Content-Type": 'multipart/mixed; boundary="b1"', "Content-Transfer-Encoding": None, **(headers or {})}
    return mail("".join(parts) + "--b1--\r\n", mixed)


def html_only(html: str, headers: Headers | None = None) -> bytes:
    """A mail without a plain part."""
    return mail(html, {"Content-Type": 'text/html; charset="utf-8"', **(headers or {})})


ANSWER: Headers = {
    "Subject": "Re: Blue Coat: where is Amina?",
    "In-Reply-To": f"<{OURS}@school.example>",
    "References": f"<{OURS}@school.example>",
    "Message-ID": "<answer-1@mail.family.example>",
}

GMAIL_ANSWER = """\
She has a temperature, back on Thursday

On Tue, 17 Nov 2026 at 09:15, Blue Coat Church of England Academy
<absence@school.example> wrote:

> Amina was not in registration this morning (Tue 17 Nov). Please tell us why
> she is away. She is NOT safe until we know.
>
"""
IPHONE_ANSWER = """\
Amina is ill

Sent from my iPhone

> On 17 Nov 2026, at 09:15, Blue Coat <absence@school.example> wrote:
>
> Amina was not in registration this morning.
"""
OUTLOOK_ANSWER = """\
Hello,

Amina is ill today with a stomach bug.

Kind regards,

Ngozi Okafor
Head of Missing Persons
May & Will Ltd
Tel 07700 900001

From: Blue Coat <absence@school.example>
Sent: 17 November 2026 09:15
To: Ngozi Okafor <ngozi@family.example>
Subject: Blue Coat: where is Amina?

Amina was not in registration this morning (Tue 17 Nov).
"""
BELOW_THE_QUOTE = """\
On 17/11/2026 09:15, Blue Coat wrote:
> Amina was not in registration this morning (Tue 17 Nov).
> Please tell us why.
She is ill, back tomorrow.
"""
YAHOO_ANSWER = """\
She has a cold

Sent from Yahoo Mail on Android

  On Tue, 17 Nov 2026 at 9:15, Blue Coat<absence@school.example> wrote:   Amina was not in registration this morning.
"""
OUTLOOK_PHONE_ANSWER = """\
She is ill today, back Thursday

Get Outlook for iOS<https://aka.ms/o0ukef>
________________________________
From: Blue Coat <absence@school.example>
Sent: Tuesday, November 17, 2026 9:15:00 AM
To: Ngozi Okafor <ngozi@family.example>
Subject: Blue Coat: where is Amina?

Amina was not in registration this morning (Tue 17 Nov).
"""
SAMSUNG_ANSWER = """\
She has a cold


Sent from my Galaxy


-------- Original message --------
From: Blue Coat <absence@school.example>
Date: 17/11/2026  09:15  (GMT+00:00)
To: ngozi@family.example
Subject: Blue Coat: where is Amina?

Amina was not in registration this morning (Tue 17 Nov).
"""
GMAIL_HTML = """\
<html><head><style>p {color: red}</style></head><body>
<div dir="ltr">Amina&#39;s got a <b>fever</b>,<br>back&nbsp;on Thursday
<script>alert("Amina is missing")</script><span style="display: none">Amina is in school</span></div><br>
<div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Tue, 17 Nov 2026 at 09:15, Blue Coat
&lt;<a href="mailto:absence@school.example">absence@school.example</a>&gt; wrote:<br></div>
<blockquote class="gmail_quote"><div>Amina was not in registration this morning.</div></blockquote></div></body></html>
"""
OUTLOOK_HTML = """\
<html><body><p class="MsoNormal">Amina is at the dentist until 10.<o:p></o:p></p>
<div id="Signature"><p>Ngozi</p></div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg" dir="ltr">
<b>From:</b> Blue Coat<br><b>Sent:</b> 17 November 2026 09:15<br><b>To:</b> Ngozi<br><b>Subject:</b> where is Amina?
</div><div>Amina was not in registration this morning.</div></body></html>
"""


def postfix_bounce(
    failed: str = NGOZI, status: str = "5.1.1", action: str = "failed", ours: str = OURS, headers: str = ""
) -> bytes:
    """A delivery report as Postfix writes it (RFC 3464)."""
    return f"""\
Return-Path: <>
Delivered-To: {US}
Date: Tue, 17 Nov 2026 09:16:00 +0000 (GMT)
From: MAILER-DAEMON@mx.family.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {US}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="A1B2.1763370960/mx.family.example"
Message-ID: <20261117091600.1@mx.family.example>
{headers}
This is a MIME-encapsulated message.

--A1B2.1763370960/mx.family.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients.

--A1B2.1763370960/mx.family.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.family.example
Arrival-Date: Tue, 17 Nov 2026 09:15:58 +0000 (GMT)

Final-Recipient: rfc822; {failed}
Original-Recipient: rfc822;{failed}
Action: {action}
Status: {status}
Remote-MTA: dns; mail.family.example
Diagnostic-Code: smtp; 550 {status} user unknown

--A1B2.1763370960/mx.family.example
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

From: Blue Coat <{US}>
To: {failed}
Subject: Blue Coat: where is Amina?
Message-ID: <{ours}@school.example>

--A1B2.1763370960/mx.family.example--
""".replace("\n", "\r\n").encode()


QMAIL_BOUNCE = f"""\
Return-Path: <>
Delivered-To: {US}
Date: 17 Nov 2026 09:16:00 -0000
From: MAILER-DAEMON@old.family.example
To: {US}
Subject: failure notice

Hi. This is the qmail-send program at old.family.example.
I'm afraid I wasn't able to deliver your message to the following addresses.

<{NGOZI}>:
192.0.2.7 does not like recipient.
Remote host said: 550 5.1.1 No such person at this address.
Giving up on 192.0.2.7.

--- Below this line is a copy of the message.

From: Blue Coat <{US}>
Message-ID: <{OURS}@school.example>
Subject: Blue Coat: where is Amina?
"""

ABSENCE_NOTES: Mapping[str, tuple[str, Headers]] = {
    "exchange": (
        "I am on annual leave and back on Thursday.",
        {
            "Subject": "Automatic reply: Blue Coat: where is Amina?",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "X-MS-Exchange-Inbox-Rules-Loop": NGOZI,
            "Return-Path": "<>",
        },
    ),
    "rfc 3834": ("I am ill and away until Monday.", {"Auto-Submitted": "auto-replied (vacation)"}),
    "gmail": ("I am ill today.", {"Precedence": "bulk", "X-Autoreply": "yes", "Subject": "Re: where is Amina?"}),
    "precedence only": ("I am ill today.", {"Precedence": "auto_reply"}),
    "german": ("Ich bin krank.", {"Subject": "Abwesenheitsnotiz: Blue Coat"}),
    "german 2": ("Ich bin krank.", {"Subject": "=?utf-8?q?Automatische_Antwort=3A_where_is_Amina=3F?="}),
    "french": ("Je suis absente.", {"Subject": "=?iso-8859-1?q?R=E9ponse_automatique_=3A?= where is Amina?"}),
    "polish": ("Jestem na urlopie.", {"Subject": "Odpowiedź automatyczna: where is Amina?"}),
    "spanish": ("Estoy enferma.", {"Subject": "Respuesta automática: where is Amina?"}),
    "italian": ("Sono malata.", {"Subject": "Risposta automatica: where is Amina?"}),
    "romanian": ("Sunt bolnava.", {"Subject": "Răspuns automat: where is Amina?"}),
    "only a subject": ("I am ill, back on Monday.", {"Subject": "Out of Office: where is Amina?"}),
}
