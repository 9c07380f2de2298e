"""The school's policy in sentences, its day as a time line, and its wordings as they would leave."""
