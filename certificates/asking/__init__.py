"""The one room that asks other issuers: only hosts that were named, and nothing it brings is read.

``permitted_hosts`` says who may be asked and where, ``https_once`` asks, ``other_issuers`` lets a
check have its wishes. The offline verifier never comes here.
"""
