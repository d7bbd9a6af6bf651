"""A number in a sentence is counted, and a sentence that says otherwise is refused."""

import copy

import pytest

from reports.base import PaperError
from reports.counting import counted, rows, verify_counts

MODEL = {
    "findings": [
        {"state": "open", "units": ["甲", "乙"], "n": 2},
        {"state": "open", "units": ["乙"], "n": 1},
        {"state": "closed", "units": [], "n": 5},
    ]
}


def paper():
    said = counted(
        "共 {all} 个，未整改 {open} 个、{places} 处，涉及 {units} 个单位。",
        {
            "all": rows("findings"),
            "open": rows("findings", state="open"),
            "places": rows("findings", sum_of="n", state=["open"]),
            "units": rows("findings", distinct="units"),
        },
        MODEL,
    )
    return copy.deepcopy(MODEL) | {"parts": [{"summary": said}]}


def test_the_sentence_holds_what_was_counted():
    model = paper()
    assert model["parts"][0]["summary"]["words"] == "共 3 个，未整改 2 个、3 处，涉及 2 个单位。"
    verify_counts(model)


@pytest.mark.parametrize("spoil", ["row", "words", "number"])
def test_a_mismatch_is_refused(spoil):
    model = paper()
    said = model["parts"][0]["summary"]
    if spoil == "row":
        model["findings"].pop()
    elif spoil == "words":
        said["words"] = said["words"].replace("3 处", "4 处")
    else:
        said["counts"][0]["n"] = 4
    with pytest.raises(PaperError, match=r"报表自检未通过：.*报表未生成。"):
        verify_counts(model)


def test_nothing_is_said_in_words_of_its_own():
    counts = {"gone": rows("findings", state="gone")}
    said = counted("发现 {gone} 个。", counts, MODEL, none="未发现。")
    assert said["words"] == "未发现。"
    model = copy.deepcopy(MODEL) | {"said": said}
    verify_counts(model)
    model["findings"][0]["state"] = "gone"
    with pytest.raises(PaperError):
        verify_counts(model)


def test_words_from_a_portal_are_no_slots():
    counts = {"all": rows("findings")}
    said = counted("共 {all} 个：{names}。", counts, MODEL, texts={"names": "{all}、{evil}"})
    assert said["words"] == "共 3 个：{all}、{evil}。"
    model = copy.deepcopy(MODEL) | {"said": said}
    verify_counts(model)
    model["said"]["texts"]["names"] = "别的"
    with pytest.raises(PaperError):
        verify_counts(model)
