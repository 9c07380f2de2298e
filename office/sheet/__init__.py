"""The call sheet on paper, and the register that is taken by hand: for when nothing else works."""
