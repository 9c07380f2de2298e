"""Mail that no person wrote to us: absence notes, lists, robots. It is kept, never answered, and never a parent's word.

RFC 3834 and what programs really send. A subject decides alone only where it is a program's own phrase: "Absence:
Amina" and "Out of school today" are what parents write.
"""

from __future__ import annotations

import re
from typing import Final

from messaging.incoming_mail.headers import Mime, every, first

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
    | otomatik\ yan[iı]t | رد\ تلقائي | 自动回复 | 自動返信
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)


def why_automatic(message: Mime, sender: str, subject: str) -> str | None:
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
    if _ROBOTS.match(sender):
        return "robot"
    return "subject" if _SUBJECTS.match(subject) else None
