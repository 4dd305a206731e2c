"""Golongan: the ranks of civil servants with their names, and the grades of contract employees (PPPK)."""

from typing import Final

RANKS: Final = {
    "I/a": "Juru Muda",
    "I/b": "Juru Muda Tingkat I",
    "I/c": "Juru",
    "I/d": "Juru Tingkat I",
    "II/a": "Pengatur Muda",
    "II/b": "Pengatur Muda Tingkat I",
    "II/c": "Pengatur",
    "II/d": "Pengatur Tingkat I",
    "III/a": "Penata Muda",
    "III/b": "Penata Muda Tingkat I",
    "III/c": "Penata",
    "III/d": "Penata Tingkat I",
    "IV/a": "Pembina",
    "IV/b": "Pembina Tingkat I",
    "IV/c": "Pembina Utama Muda",
    "IV/d": "Pembina Utama Madya",
    "IV/e": "Pembina Utama",
}
PPPK_RANKS: Final = (
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"),
    *("X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII"),
)
_BY_SMALL_LETTERS: Final = {rank.lower(): rank for rank in (*RANKS, *PPPK_RANKS)}


def find_rank(text: str) -> str | None:
    """The rank that is written, in small or capital letters, with or without spaces."""
    return _BY_SMALL_LETTERS.get("".join(text.split()).lower())
