import redis
from sqlalchemy import select

from engine.organisation.model import Unit
from tests.support.databases import OpenWork


def test_what_a_unit_of_work_wrote_is_there_for_others(work: OpenWork, session):
    with work() as w:
        w.session.add(Unit(code="KUA", name="KUA Purwodadi"))
    assert session.scalars(select(Unit.name)).all() == ["KUA Purwodadi"]


def test_each_test_begins_with_an_empty_database(session):
    assert session.scalars(select(Unit)).all() == []


def test_redis_answers(redis_url):
    assert redis.Redis.from_url(redis_url).ping()
