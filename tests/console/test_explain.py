"""`xuncha explain`."""


def test_every_code_explains_itself(xuncha):
    rules = xuncha("explain", "--format", "json").json()
    assert len(rules) >= 7
    one = xuncha("explain", rules[0]["code"].lower(), "--format", "json").json()
    assert one == rules[0]
    assert all(rule["basis"] and rule["mend"] and rule["checks"] for rule in rules)


def test_page(xuncha):
    ran = xuncha("explain", "F001")
    assert ran.code == 0
    for word in ("检查什么", "为什么", "依据", "怎样整改"):
        assert word in ran.out
