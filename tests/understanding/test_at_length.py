"""Of a long text about a car and a boiler, the sentence counts that says why the child is away, and whom it names."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read

CAR = (
    "My car wouldn't start this morning and then the AA man came and he said it was the battery, I was so stressed out "
    "and late for work and then my boss was on at me, and I had to sort out the dinner money online which never works. "
    "I have been trying to ring you but the line was engaged and then I was on hold. "
)
BOILER = (
    "We have had a terrible night, the boiler has packed in and we have been waiting for the man to come out since "
    "yesterday, my mum has been staying with us and she is not very well herself, and the baby has been up crying with "
    "her teeth. I know you said last week about the uniform and I have ordered the new jumper but it has not come yet, "
    "the shop said it would be here on Monday. "
)


@pytest.mark.parametrize(
    "text",
    [
        CAR * 3 + "Sorry to go on. Anyway Tobi is poorly and staying home",
        CAR * 2 + "He has been coughing all night and was burning up so he's staying in bed today. Tobi",
        BOILER + "He was sick three times in the night and will not be in today. That is Tobi in year 9. Thanks Ngozi",
    ],
)
def test_the_child_is_ill_and_not_the_car(text: str) -> None:
    answer = read(text, children="Amina:7 Tobi:9")
    assert [(report.children, report.code) for report in answer.reports] == [(("c2",), "I")]


def test_where_the_car_is_the_reason_it_is_no_illness() -> None:
    answer = read(CAR * 2 + "So Tobi will not be in today, we have no way of getting there", children="Amina:7 Tobi:9")
    assert "I" not in [report.code for report in answer.reports]


@pytest.mark.parametrize(
    "text", ["Hello I am so sorry to bother you again. He is sick", "sorry to bother you, he's ill"]
)
def test_a_bother_is_not_both(text: str) -> None:
    assert [report.children for report in read(text, children="Amina:7 Tobi:9").reports] == [("c2",)]
