from dataclasses import replace
from datetime import timedelta

import pytest
from pyotp import TOTP
from sqlalchemy import select

from engine.access import second_factor
from engine.access.accounts import set_password
from engine.access.model import Account, OneTimeSecret
from engine.access.second_factor import (
    CodeRefused,
    SecondFactorDemanded,
    SecondFactorStands,
    SecondFactorUnreadable,
    SecondFactorWrong,
    factor_of,
)
from engine.access.sessions import presence_of
from engine.access.signing_in import PagesFirst, StepOver, actor_by_password, second_step, sign_in

from .conftest import PASSWORD


@pytest.fixture
def phone(work, bagas, as_actor, look) -> TOTP:
    """Bagas' phone, set up but not confirmed."""
    with work(as_actor(bagas)) as w:
        second_factor.begin(w)
        enrolment = second_factor.enrolment(w)
    assert enrolment is not None
    return TOTP(enrolment.secret)


@pytest.fixture
def codes(work, bagas, as_actor, phone, clock) -> tuple[str, ...]:
    with work(as_actor(bagas)) as w:
        written_down = second_factor.confirm(w, phone.at(clock.now()))
    clock.advance(timedelta(minutes=2))
    return written_down


def begun(work) -> str:
    with work() as w:
        admission = sign_in(w, "bagas", PASSWORD)
        assert admission.needs_code
        return admission.secret


def test_the_password_alone_opens_no_session(work, codes, look):
    assert presence_of(look(), begun(work)) is None


def test_password_and_code_open_one(work, codes, phone, clock, look, bagas):
    with work() as w:
        secret = second_step(w, begun_in(w), phone.at(clock.now()))
    presence = presence_of(look(), secret)
    assert presence is not None
    assert presence.actor.account_id == bagas


def begun_in(w) -> str:
    return sign_in(w, "bagas", PASSWORD).secret


def test_a_code_works_once(work, codes, phone, clock):
    code = phone.at(clock.now())
    with work() as w:
        second_step(w, begun_in(w), code)
    with pytest.raises(SecondFactorWrong), work() as w:
        second_step(w, begun_in(w), code)


def test_the_code_that_confirmed_the_phone_does_not_sign_in(work, bagas, as_actor, phone, clock):
    code = phone.at(clock.now())
    with work(as_actor(bagas)) as w:
        second_factor.confirm(w, code)
    with pytest.raises(SecondFactorWrong), work() as w:
        second_step(w, begun_in(w), code)


def test_a_phone_may_be_half_a_minute_off(work, codes, phone, clock):
    with work() as w:
        assert second_step(w, begun_in(w), phone.at(clock.now() + timedelta(seconds=30)))


@pytest.mark.parametrize("code", ["", "000000", "abc", "\ud800", "１２３４５６", "9" * 1_000_000])
def test_a_wrong_code_opens_nothing(work, codes, code):
    with pytest.raises(SecondFactorWrong), work() as w:
        second_step(w, begun_in(w), code)


def test_an_old_code_opens_nothing(work, codes, phone, clock):
    with pytest.raises(SecondFactorWrong), work() as w:
        second_step(w, begun_in(w), phone.at(clock.now() - timedelta(minutes=2)))


def test_each_code_that_was_written_down_opens_once(work, codes):
    assert len(set(codes)) == 10
    with work() as w:
        assert second_step(w, begun_in(w), codes[3].upper())
    with pytest.raises(SecondFactorWrong), work() as w:
        second_step(w, begun_in(w), codes[3])


def test_the_second_step_is_over_after_ten_minutes(work, codes, phone, clock):
    secret = begun(work)
    clock.advance(timedelta(minutes=11))
    with pytest.raises(StepOver), work() as w:
        second_step(w, secret, phone.at(clock.now()))


def test_no_row_tells_the_secret_or_a_code(work, codes, phone, session):
    account = session.scalars(select(Account)).one()
    kept = str([account.totp_secret, *session.scalars(select(OneTimeSecret.digest))])
    assert phone.secret not in kept
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)


def test_a_wrong_code_does_not_confirm_the_phone(work, bagas, as_actor, phone, look):
    with pytest.raises(CodeRefused), work(as_actor(bagas)) as w:
        second_factor.confirm(w, "000000")
    assert factor_of(look(), bagas).set_up_at is None


def test_a_second_phone_is_not_set_up_unseen(work, bagas, as_actor, codes):
    with pytest.raises(SecondFactorStands), work(as_actor(bagas)) as w:
        second_factor.begin(w)


def test_new_codes_replace_the_old_ones(work, bagas, as_actor, codes, phone, clock):
    with work(as_actor(bagas)) as w:
        second_factor.renew_recovery_codes(w, phone.at(clock.now()))
    with pytest.raises(SecondFactorWrong), work() as w:
        second_step(w, begun_in(w), codes[0])


def test_it_is_taken_off_with_the_password(work, bagas, as_actor, codes):
    with pytest.raises(CodeRefused), work(as_actor(bagas)) as w:
        second_factor.take_off(w, "not it at all")
    with work(as_actor(bagas)) as w:
        second_factor.take_off(w, PASSWORD)
        assert not sign_in(w, "bagas", PASSWORD).needs_code


def test_an_administrator_resets_it_and_whoever_was_in_is_out(work, bagas, admin, as_actor, codes, look):
    with work() as w:
        secret = second_step(w, begun_in(w), codes[0])
    with work(as_actor(admin)) as w:
        second_factor.reset(w, bagas)
        assert not sign_in(w, "bagas", PASSWORD).needs_code
    assert presence_of(look(), secret) is None


def test_a_role_that_demands_it_is_owed_it(work, bagas, as_actor, look, settings):
    with work() as w:
        secret = sign_in(w, "bagas", PASSWORD).secret
    presence = presence_of(
        replace(look(), settings=replace(settings, second_factor_roles=frozenset({"staff"}))), secret
    )
    assert presence is not None
    assert presence.owes == "second_factor"


def test_where_a_role_demands_it_it_is_not_taken_off(work, bagas, as_actor, codes):
    with work(as_actor(bagas)) as w:
        w.settings = replace(w.settings, second_factor_roles=frozenset({"staff"}))
        with pytest.raises(SecondFactorDemanded):
            second_factor.take_off(w, PASSWORD)


def test_with_another_secret_key_it_is_told_what_helps(work, codes, phone, clock):
    with work() as w:
        w.settings = replace(w.settings, secret_key="a secret key of another day")
        with pytest.raises(SecondFactorUnreadable):
            second_step(w, begun_in(w), phone.at(clock.now()))


def test_a_program_gives_the_code_beside_the_password(work, codes, phone, clock, bagas):
    with pytest.raises(SecondFactorWrong), work() as w:
        actor_by_password(w, "bagas", PASSWORD)
    with work() as w:
        assert actor_by_password(w, "bagas", PASSWORD, phone.at(clock.now())).account_id == bagas


def test_a_program_does_not_go_round_a_password_that_must_be_changed(work, bagas):
    with work() as w:
        set_password(w, bagas, "kambing-biru-menari-8")
    with pytest.raises(PagesFirst), work() as w:
        actor_by_password(w, "bagas", "kambing-biru-menari-8")
