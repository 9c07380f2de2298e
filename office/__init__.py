"""What staff see: the board, the stories, the call sheet; who may do what; signing in."""
