import re

from tests.support.sources import product_files
from webui.pages.trail import WORDS

ACT = re.compile(r'record\(\s*work,\s*"([a-z_]+\.[a-z_]+)"')


def test_every_act_that_is_put_on_record_has_words():
    acts = {act for path in product_files() for act in ACT.findall(path.read_text())}
    assert acts
    assert acts <= set(WORDS)
