"""What is meant: a message to what it says (`understanding`), and what we say and do next (`route`). Pure rules."""
