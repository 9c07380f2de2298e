"""How words travel: channels, webhooks, wording, segments and numbers. Knows nothing of cases, databases or schools."""
