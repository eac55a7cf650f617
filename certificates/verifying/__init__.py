"""Checking a document: start at ``verification.verify``, whose docstring is the list of steps."""
