"""The application of one server process, from the environment alone.

Apart from the command line on purpose: a server process that imported it would carry the printing
press and the signing room of the other verbs for all its life.
"""

import sys

from fastapi import FastAPI

from certificates.errors import CertificateError
from certificates.issuing_sentences import sentence_for
from competency_bank import bank as opened
from competency_bank.domain.errors import BankError
from competency_bank.domain.messages import sentence_of
from competency_bank.settings import Settings
from competency_bank.settled_memory import settle
from competency_bank.web.app import create_app


def app_from_environment() -> FastAPI:
    """Return the application of the bank that the environment names.

    Ends the process with a sentence in both languages when there is no bank or its keys cannot be
    used.
    """
    try:
        app = create_app(opened.open_bank(Settings()), opened.now)
    except BankError as error:
        said = sentence_of(error)
        sys.exit(f"{said.th}\n{said.en}")
    except CertificateError as error:
        why = sentence_for(error)
        sys.exit(f"{why.th}\n{why.en}")
    settle()
    return app
