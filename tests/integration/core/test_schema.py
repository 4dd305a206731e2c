from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from engine.base.database import database_engine
from engine.core.models import METADATA
from engine.core.schema import downgrade, is_at_head, upgrade


def difference(engine: Engine) -> object:
    with engine.connect() as connection:
        return compare_metadata(MigrationContext.configure(connection), METADATA)


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_the_migrated_schema_is_the_one_of_the_models(empty_database):
    upgrade(empty_database)
    assert difference(database_engine(empty_database)) == []


def test_the_way_down_leaves_nothing(empty_database):
    upgrade(empty_database)
    downgrade(empty_database)
    assert tables(database_engine(empty_database)) == set()


def test_after_up_down_and_up_again_the_schema_is_complete(empty_database):
    upgrade(empty_database)
    downgrade(empty_database)
    upgrade(empty_database)
    assert tables(database_engine(empty_database)) == set(METADATA.tables)


def test_a_second_upgrade_changes_nothing(empty_database):
    upgrade(empty_database)
    upgrade(empty_database)
    assert is_at_head(database_engine(empty_database))


def test_an_empty_database_is_not_at_head(empty_database):
    assert not is_at_head(database_engine(empty_database))
