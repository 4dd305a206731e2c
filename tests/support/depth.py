"""How far random tests go: as far as a push can wait for, or for as long as a night allows (`make nightly`)."""

import os

IS_NIGHTLY = os.environ.get("TATAKERJA_TESTS") == "nightly"


def times(daily: int, nightly: int) -> int:
    return nightly if IS_NIGHTLY else daily
