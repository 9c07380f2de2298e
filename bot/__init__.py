"""What is meant: a message to what it says (`understanding`), and what we say and do next (`route`). Pure rules.

`route` decides who owns a message, `reports` what its intent leads to, `recording` what is kept of it; `conversation`
is the thread with its one open question. Beside them: `whereabouts` (danger, a search, who has the child),
`corrections`, `days`, `families` (several children, two homes), `leave`, and `for_staff` (what a person has to read).
"""
