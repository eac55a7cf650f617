"""What learners share is kept alike on both kinds of database."""

from datetime import timedelta

import pytest

from competency_bank.bank import Bank
from competency_bank.domain.elsewhere_papers import ForeignPaper, ForeignState
from competency_bank.domain.errors import NotAllowed, NotFound
from competency_bank.domain.hosting import SCOPES, AccessRequest
from competency_bank.domain.people import PersonId
from competency_bank.domain.sharing import Looked, View
from competency_bank.services import connect_host, offer_to_wallet, share_units
from competency_bank.services.connect_host import Tokens
from competency_bank.services.feed_passes import events_from
from competency_bank.services.forget_expired import forget_expired
from competency_bank.services.share_units import Chosen
from competency_bank.storage import (
    certificate_rows,
    foreign_rows,
    host_rows,
    people_rows,
    record_rows,
    share_rows,
    wallet_rows,
)
from competency_bank.storage.wallet_rows import WalletGrant
from tests.banks import BARBER, expect_clean, record


@pytest.fixture
def bank(school: Bank) -> Bank:
    record(school, BARBER)
    return school


def learner(bank: Bank) -> PersonId:
    with bank.reading() as transaction:
        return people_rows.find_person(transaction, "BB-005").id


def test_a_share_is_made_looked_at_and_withdrawn(bank: Bank) -> None:
    who = learner(bank)
    with bank.writing() as transaction:
        purpose = str(share_units.purposes(transaction, who)[0].qualification.key)
        secret = share_units.share(transaction, who, Chosen("ร้าน", 7, purpose=purpose))
        share = share_rows.share_by_secret(transaction, secret)
        for mark in ("A", "A", "B"):
            share_units.note_look(transaction, share, View(transaction.now, Looked.PAGE, mark))
        shown = share_units.shown_by(transaction, share)
    assert shown.extract is not None
    assert 0 < shown.extract.done == len(shown.units) < shown.extract.needed
    with bank.writing() as transaction:
        (own,) = share_units.shares_of(transaction, who)
        assert [view.viewer for view in own.views] == ["A", "B"]
        share_rows.withdraw(transaction, who, share.id)
        share_rows.withdraw(transaction, who, share.id)
        with pytest.raises(NotFound):
            share_rows.share_by_secret(transaction, secret)
        with pytest.raises(NotFound):
            share_rows.withdraw(transaction, PersonId("somebody"), share.id)
    expect_clean(bank)


def test_an_offer_is_redeemed_once_and_a_nonce_answered_once(bank: Bank) -> None:
    with bank.writing() as transaction:
        until = transaction.now + timedelta(minutes=5)
        grant = WalletGrant(learner(bank), "g", "S-1", "x", 0, redeemed=False, expires_at=until)
        wallet_rows.add_grant(transaction, grant, "code")
        wallet_rows.count_try(transaction, grant)
        wallet_rows.redeem(transaction, grant, "token", until)
        wallet_rows.use_nonce(transaction, "n", until)
        with pytest.raises(NotAllowed):
            wallet_rows.use_nonce(transaction, "n", until)
        found = wallet_rows.grant_by_token(transaction, "token")
        assert found is not None
        assert (found.tries, found.redeemed) == (1, True)
        again = offer_to_wallet.redeem(transaction, "code", "000000", pepper=bank.pepper)
        assert isinstance(again, NotAllowed)
        assert wallet_rows.grant_by_token(transaction, "token") is None
        assert certificate_rows.all_certificates(transaction) == []
    with bank.database.writing(until + timedelta(days=2)) as transaction:
        assert forget_expired(transaction) == 2


def test_a_host_is_registered_granted_renewed_and_ended(bank: Bank) -> None:
    said = {"client_name": "ตู้", "redirect_uris": ["https://host.example/"]}
    with bank.writing() as transaction:
        made = connect_host.register(transaction, said)
        asked = AccessRequest(made.client, "https://host.example/", SCOPES, "s", "c" * 43)
        code = connect_host.allow(transaction, learner(bank), asked)
        refused = connect_host.exchange(transaction, made.client, {"code": code})
        assert isinstance(refused, NotAllowed)
        grant = host_rows.grant_by_code(transaction, code)
        assert grant is not None
        host_rows.put_tokens(transaction, grant, ("a", "r"), transaction.now + timedelta(hours=1))
        renewed = connect_host.renew(transaction, made.client, {"refresh_token": "r"})
        assert isinstance(renewed, Tokens)
        host_rows.put_profile(transaction, grant.learner, {"description": "ก"})
        host_rows.put_profile(transaction, grant.learner, {"description": "ข"})
        assert host_rows.profile_of(transaction, grant.learner) == {"description": "ข"}
        assert len(connect_host.connected(transaction, grant.learner)) == 1
        host_rows.end_grant(transaction, grant.learner, grant.id)
        assert connect_host.connected(transaction, grant.learner) == ()
        with pytest.raises(NotAllowed):
            connect_host.granted(transaction, renewed.access, SCOPES[0])


def test_papers_from_elsewhere_are_kept_as_they_came_and_count_for_nothing(bank: Bank) -> None:
    who, content = learner(bank), bytes(range(256))
    with bank.writing() as transaction:
        before = record_rows.held_by(transaction, who)
        paper = ForeignPaper(
            learner=who,
            id="x" * 64,
            issuer="ผู้อื่น",
            name="ตรา",
            state=ForeignState.UNCHECKED,
            reason="issuer-unknown",
            media_type="text/plain",
            content=content,
            valid_from=transaction.now,
            added_at=transaction.now,
        )
        foreign_rows.put_paper(transaction, paper)
        foreign_rows.put_paper(transaction, paper)
        assert foreign_rows.papers_of(transaction, who) == [paper]
        assert foreign_rows.count_papers(transaction, who) == 1
        assert record_rows.held_by(transaction, who) == before
        foreign_rows.remove_paper(transaction, who, paper.id)
        with pytest.raises(NotFound):
            foreign_rows.remove_paper(transaction, who, paper.id)
    expect_clean(bank)


def test_the_feed_reads_the_ledger_in_its_order(bank: Bank) -> None:
    with bank.reading() as transaction:
        whole = events_from(transaction, 0, limit=1000)
        first = events_from(transaction, 0, limit=5)
        rest = events_from(transaction, first.last + 1, limit=1000)
        held = record_rows.every_holding(transaction)
    assert first.more
    assert first.events + rest.events == whole.events
    assert len(whole.events) == len(held)
