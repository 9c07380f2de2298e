"""Signing in: passwords, codes of an app, Google and Microsoft, and the lock of a screen that was left alone."""
