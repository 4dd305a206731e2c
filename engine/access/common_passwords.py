"""Long passwords that are tried first: words everyone thinks of here, twice or with a number, or a row of keys."""

import re

WORDS = frozenset(
    word
    for word in """
    admin administrator alhamdulillah allahuakbar assalamualaikum assalamu bhineka bhinneka bismillah cinta cintaku
    depag garuda grobogan gunung hidayah iloveyou indonesia indonesiaraya insyaallah islam jakarta jawatengah juara
    kantor kantorku katakunci katasandi kemenag kemenaggrobogan kementerian kementerianagama keluarga laskar letmein
    masyaallah merdeka monkey muhammad nusantara pancasila password pegawai pelangi purwodadi qwerty qwertyuiop rahasia
    rahasiaku republik sandi sandiku sayang sayangku semangat semarang silahkan sukses surabaya tatakerja terserah
    tunggalika welcome
    """.split()  # noqa: SIM905  # a list of words reads best as words
)
ROWS = ("1234567890" * 3, "0987654321" * 3, "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")
LOOKALIKES = str.maketrans("013457@$!", "oleastasi")
LONGEST_NUMBER = 8  # a date, which tells little
SHORTEST_ROW = 6


def is_common(password: str) -> bool:
    """Whether nothing is left of it once the words and rows that everyone tries are taken away."""
    plain = re.sub(r"[\s._,+*/-]+", "", password.lower())
    disguised = plain.rstrip("0123456789!").translate(LOOKALIKES)
    return any(_is_all_common(re.sub(r"\W+", "", text)) for text in (plain, disguised))


def _is_all_common(text: str) -> bool:
    for word in sorted(WORDS, key=len, reverse=True):
        text = text.replace(word, "")
    is_number = text.isdecimal() and len(text) <= LONGEST_NUMBER
    return not text or is_number or (len(text) >= SHORTEST_ROW and any(text in row for row in ROWS))
