"""What members of staff do, at the desk, in a chat or by an answer: each act has a name and a position."""
