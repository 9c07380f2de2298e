"""An answer by e-mail: in the thread of the mail that it answers, and with what could not be kept of its files."""

from __future__ import annotations

from dataclasses import replace

from bot.outcome import Heard
from bot.sender import Sender
from messaging.incoming_mail.evidence import LARGE
from messaging.incoming_mail.reading import MAIL, reply_subject
from service.turns.turn import Turn
from service.turns.words import WordsToSend, school_values
from storage.inbox import InboxRow


def in_its_thread(words: WordsToSend, row: InboxRow, heard: Heard, sender: Sender, turn: Turn) -> WordsToSend:
    """The same words as an answer to this mail.

    Only a listed contact whose address is vouched for gets the own subject back (mail programs keep a thread by it) and
    the names of files that were refused: nobody's words are carried to somebody else by us.
    """
    mail = row.raw.get(MAIL)
    if not mail:
        return words
    said = words.words
    if sender.contact is not None and not heard.doubt and not sender.barred:
        language = sender.contact.language
        for_sender = [said.text]
        if mail["refused"] or mail.get("locked"):
            names = tuple(one["name"] for one in mail["refused"])
            why = {"locked": bool(mail.get("locked")), "large": any(one["why"] == LARGE for one in mail["refused"])}
            told = turn.wording.say("email.not_kept", language, files=names, **why, **school_values(turn))
            for_sender.append(told.text)
        subject = reply_subject(mail["subject"]) or said.subject
        said = replace(said, text="\n\n".join(for_sender), subject=subject)
    if not mail["message_id"]:
        return replace(words, words=said)
    answers = {"message_id": mail["message_id"], "references": mail["references"]}
    return replace(words, words=said, answers=answers)
