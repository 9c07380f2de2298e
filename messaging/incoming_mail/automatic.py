"""Mail that no person wrote to us: absence notes, lists, robots. It is kept, never answered, and never a parent's word.

RFC 3834 and what programs really send. A subject decides alone only where it is a program's own phrase: "Absence:
Amina" and "Out of school today" are what parents write.
"""

from __future__ import annotations

import re
from typing import Final

from messaging.incoming_mail.headers import Mime, every, first

HELD: Final = "held by a filter"
_HEADERS: Final = (
    "X-Autoreply", "X-Autorespond", "X-Autoresponse", "X-Auto-Reply", "X-Autoreply-From", "X-Mail-Autoreply",
    "X-Auto-Response-Suppress", "X-Cron-Env", "X-MS-Exchange-Inbox-Rules-Loop",
)  # fmt: skip
_LISTS: Final = ("List-Id", "List-Unsubscribe", "List-Post")
_PRECEDENCE: Final = frozenset({"bulk", "junk", "list", "auto_reply"})
_ROBOTS: Final = re.compile(
    r"(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|autoreply|auto-?responder)(?:[+\-=].*)?@"
)
_SUBJECTS: Final = re.compile(
    r"""\s*(?:\[[^\]]{1,20}\]\s*)?(?:
    automatic\ reply | auto(?:matic)?[ -]?(?:reply|response|responder) | out[ -]of[ -](?:the[ -])?office
    | (?:i\ am|i'm)\ (?:currently\ )?(?:on\ (?:annual\ )?leave|away\ from\ (?:my\ )?(?:desk|office))
    | vacation\ (?:reply|notice|message) | away\ from\ (?:my\ )?(?:desk|office|mail)
    | automatische\ (?:antwort|r[eé]ponse) | abwesenheits(?:notiz|nachricht|assistent|mitteilung)
    | r[eé]ponse\ automatique | message\ d['’]absence | absence\ du\ bureau
    | respuesta\ autom[aá]tica | fuera\ de\ (?:la\ )?oficina
    | risposta\ automatica | fuori\ (?:sede|ufficio)
    | resposta\ autom[aá]tica | ausente\ do\ escrit[oó]rio
    | automatisch\ antwoord | afwezigheids(?:bericht|assistent)
    | odpowied[zź]\ automatyczna | autoodpowied[zź] | automatyczna\ odpowied[zź] | poza\ biurem
    | r[aă]spuns\ automat | automatick[aáé]\ odpov[eě][dď] | automatikus\ v[aá]lasz
    | automatinis\ atsakymas | automaatvastus | automaattinen\ vastaus | autosvar | automatisk[t]?\ svar
    | автоответ | автоматический\ ответ | автоматична\ відповідь | автоматичен\ отговор
    | automatski\ odgovor | samodejni\ odgovor | аутоматски\ одговор | αυτόματη\ απάντηση
    | p[eë]rgjigje\ automatike | ateb\ awtomatig | jawaab\ otomaatig
    | otomatik\ yan[iı]t | رد\ تلقائي | الرد\ (?:ال)?تلقائي | خودکار\ جواب | پاسخ\ خودکار
    | स्वचालित\ उत्तर | স্বয়ংক্রিয়\ উত্তর | ਆਟੋਮੈਟਿਕ\ ਜਵਾਬ | 自动回复 | 自動返信
    | o\.?o\.?o\.?(?=\s*[:-])
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_SEEN: Final = re.compile(
    r"\s*(?:(?:not\ )?read|(?:un)?gelesen|lu|le[ií]do|letto|przeczytan[eoy]|citit)\s*:", re.IGNORECASE
)
_WAS_SEEN: Final = re.compile(
    r"\b(?:was|wurde) .{0,40}(?:read|deleted|opened|displayed|gelesen|gel[oö]scht)\b", re.IGNORECASE
)
_AWAY_NOTE: Final = re.compile(
    r"""\A\W*(?:(?:hi|hello|hey|dear|good)\b[^.!\n]{0,40}[.!,\n]\s*)?
    (?:(?:many\ )?thank(?:s|\ you)\b[^.!\n]{0,60}[.!,\n]\s*)?
    (?:(?:please\ note(?:\ that)?|unfortunately|sorry(?:,|\ but)?)\ )?
    (?:
      (?:i\ am|i['’]m|we\ are|i\ will\ be)\ (?:currently\ |now\ |presently\ )?
      (?:out\ of\ (?:the\ )?office|away\ from\ (?:my|the)\ (?:desk|office|e-?mails?)
        |on\ (?:annual|maternity|paternity|parental|sick|compassionate)\ leave)\b
      (?![^.!?\n]{0,60}\b(?:so|and\ (?:he|she|they)|with\ (?:him|her|them|my))\b)
      | this\ is\ an\ (?:automatic|automated|auto)\b
      | (?:this|my)\ (?:mailbox|inbox|e-?mail)\ is\ (?:no\ longer|not)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
"""How an absence note begins where no header and no subject says that it is one; what makes it one goes on below."""
_NOTE_GOES_ON: Final = re.compile(
    r"""\b(?:(?:limited|no|intermittent|restricted)\ access\ to\ (?:my\ )?e-?mails?
    | (?:on|upon|when)\ (?:my\ return|i\ (?:return|am\ back))
    | will\ (?:return|be\ back|respond|reply|get\ back) | (?:automatic|automated|auto)[ -]?(?:reply|response|message)
    | urgent\ (?:matters?|enquir|quer|issues?) | not\ (?:be\ )?(?:checking|monitor)\w*)""",
    re.IGNORECASE | re.VERBOSE,
)

_IS_HELD: Final = re.compile(
    r"""\b(?:message|e-?mail|mail)\b[^\n]{0,120}\b(?:is|are|was|has\ been|being)\ (?:being\ )?
    (?:held|quarantined|blocked|withheld|delayed)\b | \bboxtrapper\b | \bspam\ ?arrest\b | \bsender\ verification\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PROVE: Final = re.compile(
    r"""\b(?:confirm|verify|prove|show)\b[^.\n]{0,60}\b(?:human|person|robot|yourself|sender|address|identity)\b
    | \b(?:click|follow|visit|reply)\b[^.\n]{0,80}\b(?:link|button|below|this\ message)\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""A filter at the family's side that holds ours until its sender proves to be a person: they have not got it."""


def why_automatic(message: Mime, sender: str, subject: str, text: str = "") -> str | None:
    """What shows that a program sent this (a word for the journal), or None for what a person seems to have written."""
    said = first(message, "Auto-Submitted").split(";")[0].strip().casefold()
    if said and said != "no":
        return "auto-submitted"
    if any(first(message, name) not in ("", "no", "None") for name in _HEADERS):
        return "autoreply header"
    if first(message, "Precedence").casefold() in _PRECEDENCE:
        return "precedence"
    if any(first(message, name) for name in _LISTS):
        return "list"
    if "<>" in (value.replace(" ", "") for value in every(message, "Return-Path")):
        return "no envelope sender"
    if message.get_content_type() == "multipart/report":
        return "report"
    if _answers_an_invitation(message):
        return "answer to an invitation"
    if _ROBOTS.match(sender):
        return "robot"
    if _SUBJECTS.match(subject) or (_SEEN.match(subject) and _WAS_SEEN.search(" ".join(text.split()))):
        return "subject"
    if _IS_HELD.search(f"{subject}\n{text}") and _PROVE.search(text):
        return HELD
    return "absence note" if _AWAY_NOTE.match(text) and _NOTE_GOES_ON.search(text) else None


def _answers_an_invitation(message: Mime) -> bool:
    """Accepted, declined: a press of a button in somebody's calendar."""
    return any(
        part.get_content_type() == "text/calendar" and str(part.get_param("method", "")).casefold() == "reply"
        for part in message.walk()
    )
