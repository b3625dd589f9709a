"""Numbers become ids, and show nowhere."""

from __future__ import annotations

import copy
import logging
import pickle

import pytest

from bot.gateway.sms.sender import SealedNumber, SenderIdentity
from tests.unit.sms.stubs import ANN, BOB, SECRET

IDENTITY = SenderIdentity(SECRET)


@pytest.mark.parametrize("written", ["+13145550101", "3145550101", "(314) 555-0101", "314-555-0101", "1 314 555 0101", " +1 314.555.0101 "])
def test_every_way_to_write_a_number_gives_one_id(written: str) -> None:
    assert IDENTITY.of(written).id == IDENTITY.of(ANN).id


def test_numbers_and_secrets_give_different_ids() -> None:
    ids = {
        IDENTITY.of(ANN).id,
        IDENTITY.of(BOB).id,
        SenderIdentity(SECRET + "2").of(ANN).id,
        IDENTITY.of("22395").id,
        IDENTITY.of("VERIFY").id,
    }
    assert len(ids) == 5
    assert all(len(sender_id) == 64 for sender_id in ids)


def test_the_id_is_a_keyed_hash_of_the_e164_form() -> None:
    import hashlib
    import hmac

    assert IDENTITY.of(ANN).id == hmac.new(SECRET.encode(), ANN.encode(), hashlib.sha256).hexdigest()


def test_a_sealed_number_is_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    sender = IDENTITY.of(ANN)
    logging.getLogger("x").error("%s %r %s", sender, sender.number, f"{sender.number}")
    assert "5550101" not in caplog.text
    assert "5550101" not in repr(sender) and "5550101" not in str(vars(type(sender)))
    with pytest.raises(TypeError):
        pickle.dumps(sender.number)
    with pytest.raises(TypeError):
        copy.deepcopy(SealedNumber(ANN))
    assert sender.number.reveal() == ANN
