from engine.base.text import lines, one_line


def test_one_line_has_no_control_characters():
    assert one_line(" Undangan\x00 \x07rapat\r\n dinas ") == "Undangan rapat dinas"


def test_nothing_but_control_characters_is_nothing():
    assert one_line("\x00\x07") == ""


def test_several_lines_keep_their_breaks():
    assert lines("satu\r\ndua\x00\ttiga\n") == "satu\ndua\ttiga"
