"""The plain link that adds a certificate to a LinkedIn profile; nothing is sent by us."""

from datetime import datetime
from urllib.parse import urlencode

from competency_bank.domain import clock

ADDRESS = "https://www.linkedin.com/profile/add"


def add_to_profile(
    *, title: str, organization: str, issued_at: datetime, check_url: str, serial: str
) -> str:
    """Return the link for one certificate.

    Year and month are of the Common Era and of Bangkok; the holder's name is not in the link, for
    whoever opens it is signed in there anyway.
    """
    day = clock.local_day(issued_at)
    fields = {
        "startTask": "CERTIFICATION_NAME",
        "name": title,
        "organizationName": organization,
        "issueYear": day.year,
        "issueMonth": day.month,
        "certUrl": check_url,
        "certId": serial,
    }
    return f"{ADDRESS}?{urlencode(fields)}"
