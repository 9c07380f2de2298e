"""What kind of message it is: away, late, in school, missing, somebody else to be asked, or nothing to be recorded."""
