"""What a family's words do to a request for leave.

words: what such words look like · days_said: days as they write them out · days_meant: which of those and of the
reader's count · asked: a new request, or a change of the open one · made: the request that it makes · draft: the answer
to what we asked before there is one · standing: which words are about a request that stands · answers, later,
taken_back: an answer or evidence, another day of return, a withdrawal · whose: whose request it is · telling: what the
family and whoever decides hear · told: the messages that make one request · as_question: a request in the form of a
question · granted_moved: other days in the place of granted ones · beside: words of today in between.
"""
