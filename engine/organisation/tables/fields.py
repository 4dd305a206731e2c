"""What the columns of a table mean: recognised by their headings, as SIMPEG, BKN and offices themselves write them.

The headings of files are Indonesian in every language of the pages: they belong to the file, not to the reader.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from engine.base.spreadsheets import TableLine
from engine.organisation.model import TableSubject

LOOKED_THROUGH = 20  # lines above the headings: letterheads, titles, the day of the export


class Field(StrEnum):
    NIP = "nip"
    NAME = "name"
    TITLE_BEFORE = "title_before"
    TITLE_AFTER = "title_after"
    EMAIL = "email"
    PHONE = "phone"
    RANK = "rank"
    POSITION_CODE = "position_code"
    POSITION = "position"
    UNIT_CODE = "unit_code"
    UNIT = "unit"
    KIND = "kind"
    STARTS_ON = "from"
    ENDS_ON = "until"
    DECREE = "decree"
    SCOPE = "scope"
    SUPERIOR = "superior"
    IS_HEAD = "head"
    SEATS = "seats"
    JOB_CLASS = "job_class"
    PARENT = "parent"


_PERSON = {
    Field.NIP: ("NIP", "nip baru", "nip 18 digit", "nomor induk pegawai", "nip pegawai"),
    Field.NAME: ("Nama", "nama lengkap", "nama pegawai", "nama asn", "nama pns", "nama dan gelar"),
}
_CONTACT = {
    Field.EMAIL: (
        *("Email", "e mail", "surel", "alamat email"),
        *("email dinas", "email kantor", "e mail dinas", "e mail kantor"),
    ),
    Field.PHONE: ("No HP", "nomor hp", "hp", "no telepon", "nomor telepon", "telepon", "no telp", "no wa", "handphone"),
    Field.RANK: (
        *("Golongan", "gol", "gol ruang", "golongan ruang", "gol akhir", "golongan akhir"),
        *("pangkat gol", "pangkat golongan", "pangkat gol ruang", "pangkat"),
    ),
}
_PLACE = {
    Field.POSITION_CODE: ("Kode Jabatan", "id jabatan"),
    Field.POSITION: ("Jabatan", "nama jabatan", "jabatan terakhir", "jabatan saat ini", "posisi"),
    Field.UNIT_CODE: ("Kode Unit", "kode unit kerja", "id unit", "kode unor"),
    Field.UNIT: ("Unit Kerja", "nama unit", "nama unit kerja", "unit organisasi", "unor", "satuan kerja", "satker"),
}
_DAYS = {
    Field.STARTS_ON: ("TMT Jabatan", "tmt", "mulai", "tanggal mulai", "terhitung mulai tanggal", "sejak"),
    Field.ENDS_ON: ("Sampai", "sampai dengan", "s d", "tanggal selesai", "berakhir", "tmt akhir"),
}
# The first of each line is how an exported file heads the column.
HEADINGS: Mapping[TableSubject, Mapping[Field, tuple[str, ...]]] = {
    TableSubject.EMPLOYEES: {
        **_PERSON,
        Field.TITLE_BEFORE: ("Gelar Depan", "glr depan"),
        Field.TITLE_AFTER: ("Gelar Belakang", "glr belakang"),
        **_CONTACT,
        **_PLACE,
        Field.STARTS_ON: _DAYS[Field.STARTS_ON],
    },
    TableSubject.HOLDINGS: {
        **_PERSON,
        Field.EMAIL: _CONTACT[Field.EMAIL],
        **_PLACE,
        Field.KIND: ("Jenis Pemangkuan", "pemangkuan", "definitif plt plh", "status jabatan", "sebagai"),
        Field.DECREE: ("No SK", "nomor sk", "sk", "nomor surat", "no surat perintah"),
        Field.SCOPE: ("Lingkup Wewenang", "lingkup", "wewenang"),
        **_DAYS,
    },
    TableSubject.POSITIONS: {
        Field.POSITION_CODE: ("Kode Jabatan", "kode"),
        Field.POSITION: _PLACE[Field.POSITION],
        Field.KIND: ("Jenis Jabatan", "jenis"),
        Field.UNIT_CODE: _PLACE[Field.UNIT_CODE],
        Field.UNIT: _PLACE[Field.UNIT],
        Field.SUPERIOR: ("Jabatan Atasan", "atasan", "atasan langsung", "kode atasan"),
        Field.IS_HEAD: ("Kepala Unit", "pimpinan unit", "pimpinan"),
        Field.SEATS: ("Jumlah Formasi", "formasi", "jumlah", "kebutuhan", "kuota"),
        Field.JOB_CLASS: ("Kelas Jabatan", "kelas"),
    },
    TableSubject.UNITS: {
        Field.UNIT_CODE: ("Kode Unit", "kode", "kode unit kerja", "id unit", "kode unor"),
        Field.UNIT: ("Nama Unit", "nama", "unit kerja", "nama unit kerja", "unit organisasi", "unor"),
        Field.PARENT: ("Unit Induk", "induk", "unit atasan", "kode induk", "atasan"),
    },
}
# One column of each group must be there for a table to be about its subject.
NEEDED: Mapping[TableSubject, tuple[frozenset[Field], ...]] = {
    TableSubject.HOLDINGS: (
        frozenset({Field.NIP, Field.EMAIL}),
        frozenset({Field.POSITION, Field.POSITION_CODE}),
        frozenset({Field.KIND}),
        frozenset({Field.STARTS_ON}),
    ),
    TableSubject.EMPLOYEES: (frozenset({Field.NAME}), frozenset({Field.NIP, Field.EMAIL})),
    TableSubject.POSITIONS: (
        frozenset({Field.POSITION}),
        frozenset({Field.KIND}),
        frozenset({Field.UNIT, Field.UNIT_CODE}),
    ),
    TableSubject.UNITS: (frozenset({Field.UNIT}),),
}
Columns = Mapping[Field, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """`heading` is the line that says what the columns are; what stands above it is no data."""

    subject: TableSubject
    heading: TableLine
    columns: Columns


def recognise(lines: Sequence[TableLine]) -> Recognised:
    """What the first lines of a table say that it is about; the guess may be corrected by hand."""
    first = lines[:LOOKED_THROUGH]
    heading = max(first, key=lambda line: max(len(columns_of(line.cells, subject)) for subject in TableSubject))
    found = {subject: columns_of(heading.cells, subject) for subject in NEEDED}
    subject = max(found, key=lambda each: (len(found[each]), not lacking(each, found[each])))
    return Recognised(subject=subject, heading=heading, columns=found[subject])


def columns_of(headings: Sequence[str], subject: TableSubject) -> Columns:
    """The column of each value that its heading gives away; of two alike the first."""
    plain = [_plain(heading) for heading in headings]
    found: dict[Field, int] = {}
    for field, names in HEADINGS[subject].items():
        column = next((plain.index(name.lower()) for name in names if name.lower() in plain), None)
        if column is not None and column not in found.values():
            found[field] = column
    return found


def lacking(subject: TableSubject, columns: Columns) -> tuple[frozenset[Field], ...]:
    """The groups of which no column is there."""
    return tuple(group for group in NEEDED[subject] if not group & columns.keys())


def headings_digest(headings: Sequence[str]) -> str:
    """Tables with the same headings are remembered as one kind of table."""
    return sha256("\n".join(_plain(heading) for heading in headings).encode()).hexdigest()


def _plain(heading: str) -> str:
    """Small letters and digits only, with single spaces: "Pangkat/Gol." is "pangkat gol"."""
    return " ".join(re.sub(r"[\W_]+", " ", heading.lower()).split())
