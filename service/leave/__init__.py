"""Leave of absence in the running service: what the family's words do, what the head decides, what follows.

record: the pupil's record beside a request · requests: kept and changed · deciding: decided, told and entered ·
days: granted days in the register, refused ones that are taken · reminders: when a decision is due.
"""
