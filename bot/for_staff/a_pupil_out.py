"""Somebody who is nobody's contact has one of our pupils before them: "a lad in your uniform is crying on the quay".

Whoever sees a child of ours in the street in school hours knows where it is, and it may be the one whom we miss: staff
read that at once. A coat that was left on a bus is no child.
"""

from __future__ import annotations

import re

from bot.outcome import Heard

_YOUNG = (
    r"(?:boys?|girls?|lads?|lass(?:es)?|child(?:ren)?|kids?|pupils?|students?|youngsters?|teenagers?|schoolboys?"
    r"|schoolgirls?|young (?:man|men|woman|women|lady|ladies|person|people)|little ones?)"
)
_OURS = re.compile(
    rf"\b{_YOUNG}\b(?: \w+){{0,6}}? (?:in|wearing|from|with|of) (?:\w+ ){{0,2}}?(?:your|a|an|the)(?: \w+){{0,4}}?"
    r" (?:uniform|blazer|school|academy|jumper|sweatshirt|tie)\b"
    rf"|\b(?:your|of your|from your) (?:\w+ )?{_YOUNG}\b"
)
""" "A young lad in your uniform", "a girl from the academy", "one of your pupils"."""
_OUT = re.compile(
    r"\b(?:crying|in tears|sobbing|upset|distressed|frightened|scared|shaken|lost|alone"
    r"|(?:on|by) (?:his|her|their|its) own"
    r"|wander\w*|hurt|injured|bleeding|collapsed|un ?conscious|fallen|fell|hit by|knocked (?:down|over|off)|fainted"
    r"|found|i have|i have got|we have|we have got|with me|with us|here|safe|hiding|hanging (?:around|about|off|over)"
    r"|(?:on|at|in|by|near|outside|behind|under|along) (?:\w+ ){0,3}?(?:road|street|lane|a\d+|bridge|canal|river|quay"
    r"|harbour|beach|cliffs?|tracks?|rail\w*|station|bus stop|bus shelter|bus|train|shop|shops|store|supermarket|co op"
    r"|tesco|asda|park|field|woods?|town|house|garden|pub|cafe|library|motorway|roundabout|lights))\b"
)
""" How it is with the child, or where it is."""
_OF_A_THING = re.compile(
    rf"\b{_YOUNG}(?: \w+){{0,3}}? (?:left|lost|dropped|forgot(?:ten)?) (?:\w+ ){{0,2}}?(?:coat|bag|phone|keys?|purse"
    r"|wallet|pass|lanyard|jumper|glasses|scooter|bike|book|kit|card|hat|gloves?|trainers|shoes?)\b"
    r"|\b(?:last (?:week|month|term|year)|yesterday"
    r"|always|every (?:day|morning|night|week)|keep|keeps)\b"
)
""" A lost thing, or a complaint of what was, or goes on."""


def sees_a_pupil_out(heard: Heard) -> bool:
    """Whether the words say that a pupil of ours is somewhere outside, or with whoever writes."""
    line = heard.line
    return _OURS.search(line) is not None and _OUT.search(line) is not None and not _OF_A_THING.search(line)
