"""The word lists of the reader, as data files beside this module."""
