"""What a family's words do to a request for leave.

words: what such words look like · asked: a new request, or a change of the open one · standing: words about a request
that stands (an answer, a withdrawal, a flight that is delayed, another parent who does not agree).
"""
