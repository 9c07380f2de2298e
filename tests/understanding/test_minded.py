"""What a school is asked to do for a child that is in school reports nothing; an illness beside an errand does."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "Tom has a cold. Please can he stay in at break",
        "Tom has asthma. please make sure he has his inhaler",
        "Tom has a bad tummy, please let him go to the toilet when he asks",
        "Tom has a sore throat so he has some lozenges in his bag",
        "Tom has had ibuprofen at 7.30 for his earache, can have more at 11.30",
        "Tom has hay fever, eye drops are in his bag",
        "Tom is feeling a bit under the weather, please ring me if he gets worse",
        "Tom has eczema, could he use his cream at lunch please",
    ],
)
def test_care_in_school_is_for_a_person_and_no_absence(text: str) -> None:
    told = read(text)
    assert (told.intent, told.reports) == ("question", ())


@pytest.mark.parametrize(
    "text",
    [
        "Tom is poorly, let me know if he needs work",
        "Tom has a temperature, he has taken calpol",
        "Tom has a migraine, will give him paracetamol",
        "Tom has conjunctivitis, doctor gave us drops",
        "Tom has chickenpox. his reading book is in his bag at school",
        "Tom is off with a cold, his inhaler is in his bag",
        "Tom has a cough, keeping him in for the day",
        "Tom has been up with tummy ache, he needs the toilet a lot",
    ],
)
def test_an_illness_beside_such_things_is_reported(text: str) -> None:
    told = read(text)
    assert (told.intent, [report.code for report in told.reports]) == ("absence", ["I"])
