"""The simulated year: seeds that live through school days with everything that goes wrong in them.

`people` and `plan` make a stretch of days from a seed, `drive` lives through it (families and staff answer what they
are told, processes die between commits), `ledger` reads what is stored after every step, and `promises` says what must
hold then: one function for each promise, named after it.
"""
