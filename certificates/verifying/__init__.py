"""Checking a document: start at ``verify``, whose docstring is the list of steps."""

from certificates.verifying.verification import Verified, verify

__all__ = ["Verified", "verify"]
