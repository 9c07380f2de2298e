"""What comes in: texts, mails, chats and their files, to the school and the family that they belong to."""
