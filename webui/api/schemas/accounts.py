"""Tokens, and who one is."""

from marshmallow.fields import List, Nested

from engine.access.model import Role
from engine.access.passwords import LONGEST
from engine.access.tokens import LONGEST_LABEL, MOST_DAYS, TokenScope
from engine.organisation.model import HoldingKind
from webui.api.answers import Answer, Moment, Number, Said
from webui.api.fields import Flag, Line, OneOf, Request, Secret, Whole


class TokenRequest(Request):
    username = Line(most=80, least=1, required=True, example="bagas")
    password = Secret(most=LONGEST, example="bado-kemi-sutu-rena-47")
    label = Line(most=LONGEST_LABEL, least=1, required=True, example="Weekly export", about="What the token is for.")
    scope = OneOf(
        TokenScope,
        load_default=TokenScope.WORK,
        about="What it is good for: looking only, working, keeping procedures, or all that its account may.",
    )
    code = Line(most=40, load_default="", example="123456", about="Of the second factor, where the account has one.")
    days = Whole(least=1, most=MOST_DAYS, load_default=30, example=30, about="How many days it lives.")


class Token(Answer):
    id = Number(example=7)
    label = Said(example="Weekly export")
    scope = OneOf(TokenScope)
    created_at = Moment()
    expires_at = Moment()
    last_used_at = Moment(allow_none=True)
    is_expired = Flag(example=False)


class NewToken(Answer):
    """The token itself is told this once and kept nowhere."""

    id = Number(example=7)
    token = Said(example="tk_5Jq0…", attribute="secret")
    label = Said(example="Weekly export")
    scope = OneOf(TokenScope)
    created_at = Moment()
    expires_at = Moment()


class Held(Answer):
    """A position that one holds today."""

    position = Said(example="Pengadministrasi Umum", attribute="position_title")
    unit = Said(example="Subbagian Tata Usaha", attribute="unit_name")
    kind = OneOf(HoldingKind, about="Definitive, or acting (plt, plh).")


class Me(Answer):
    account_id = Number(example=3)
    username = Said(example="bagas")
    employee_id = Number(allow_none=True, example=12)
    name = Said(example="Bagas Prayoga")
    roles = List(OneOf(Role))
    language = Said(example="id")
    positions = List(Nested(Held))
