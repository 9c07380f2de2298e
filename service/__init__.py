"""What runs: the only room that knows the others, the clock and the world outside.

`cli` and `commands` are the command line, `settings` one installation's choices, `composition` puts a service together,
`serving` starts its two processes and `runner` is the loop of load, decide, save. Beside them: `turns` (a transaction),
`incoming` and `outgoing` (words), `day` (registers, close, days after), `staff`, `leave`, `rehearsal` and `demo`.
"""
