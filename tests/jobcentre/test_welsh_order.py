"""Welsh read word by word is put into the order of English."""

from __future__ import annotations

import pytest

from bot.jobcentre.glossary import in_english
from bot.jobcentre.welsh_order import in_english_order


@pytest.mark.parametrize(
    ("welsh", "english"),
    [
        pytest.param("mae'r drws wedi cloi", "the door is locked", id="what is told has its verb first"),
        pytest.param("ydi'r drws wedi cloi", "is the door locked", id="so has what is asked"),
        pytest.param("ble mae'r drws", "where is the door", id="but not after a word that asks"),
        pytest.param("dydi'r lifft ddim yn gweithio", "the lift is not working", id="not"),
        pytest.param("mae'r ganolfan ger yr afon ar gau", "the centre near the river is closed", id="a long name"),
        pytest.param("mae hi'n ddrud", "she is expensive", id="somebody"),
        pytest.param("mae'n dywyll", "it is dark", id="nobody"),
        pytest.param("dwi wedi dysgu", "i have learn", id="what is over"),
        pytest.param("dwi heb ddysgu", "i have not learn", id="what has not been"),
        pytest.param("heb gi", "without dog", id="without"),
        pytest.param("mae dwy gadair gyda ni", "we have two chair", id="what somebody has"),
        pytest.param("sdim dŵr 'da ni", "we have no water", id="and has not"),
        pytest.param("oes dŵr gynnoch chi", "do you have water", id="and is asked for"),
        pytest.param("'n chwaer i ydi hi", "my sister is it", id="whose"),
        pytest.param("mae fy chwaer i yma", "my sister is here", id="whose, said twice"),
        pytest.param("i'r farchnad", "to the market", id="to"),
        pytest.param("es i i'r farchnad", "i went to the market", id="to, after somebody"),
    ],
)
def test_the_order_of_english(welsh: str, english: str) -> None:
    assert in_english(welsh) == english


@pytest.mark.parametrize("text", ["", "is the office open?", "the MAESTEG office"])
def test_what_holds_no_mark_stays(text: str) -> None:
    assert in_english_order(text) == text


def test_no_mark_is_left() -> None:
    assert in_english_order("YN WEDI MAE DDIM HEB DI I").islower()
