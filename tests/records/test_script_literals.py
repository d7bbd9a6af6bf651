"""Arrays and objects written out in scripts."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.reading.script_literals import Literal, literals


@pytest.mark.parametrize(
    ("script", "name", "value"),
    [
        ("var data=[{title:'a',url:\"/x\",}];for(var i=0;i<data.length;i++){w(data[i].title)}",
         "data", [{"title": "a", "url": "/x"}]),
        ("var a=[\n['t','u'], // first\n['v','w'],\n];", "a", [["t", "u"], ["v", "w"]]),
        ('window.__INITIAL_STATE__={"list":[1]};(function(){var s;})()', "window.__INITIAL_STATE__",
         {"list": [1]}),
        ("new Vue({el:'#app',data(){return {list:[{t:'x'}]}},methods:{go:function(){}}})", "",
         {"list": [{"t": "x"}]}),
        ("export default{data:()=>({list:[{t:1}]})}", "", {"list": [{"t": 1}]}),
        ("callback_1({\"rows\":[{\"t\":1}]});", "", {"rows": [{"t": 1}]}),
        ('{"a":[1,2]}', "", {"a": [1, 2]}),
        ("x=[{a:'\\x41\\u4e2d'}]", "x", [{"a": "A中"}]),
        ("var r=/[\\[\\]'\"]/g;var x=[{a:1}];", "x", [{"a": 1}]),
        ("y=a/2;x=[{b:'/'}]/3;", "x", [{"b": "/"}]),
        ("var x=[{u:'http://a/b'}];", "x", [{"u": "http://a/b"}]),
        ("var x=[{t:`a`,d:'b'}] /* {not:1} */", "x", [{"t": "a", "d": "b"}]),
        ("var x=[{t:'a'+b,u:'c'},{t:'d',u:'e'}];", "x", [{"t": "d", "u": "e"}]),
        ("var l=new Array(new Array('t','u'),new Array('v','w'));", "l", [["t", "u"], ["v", "w"]]),
        ("var d=JSON.parse('{\"l\":[{\"title\":\"it\\'s\"}]}');", "", {"l": [{"title": "it's"}]}),
        ('var d=JSON.parse("{\\"l\\":[{\\"title\\":\\"x\\"}]}");', "", {"l": [{"title": "x"}]}),
        ("var d=JSON.parse(decodeURIComponent('%7B%22a%22%3A%5B1%5D%7D'));", "", {"a": [1]}),
        ("var d='[{\"title\":\"x\"}]';", "d", [{"title": "x"}]),
        ('window.__NUXT__=(function(a,b){return {l:[{t:"x",d:a}],e:b}}("2031-04-02",null));', "",
         {"l": [{"t": "x", "d": "2031-04-02"}], "e": None}),
    ],
)  # fmt: skip
def test_data_is_read(script: str, name: str, value: Any) -> None:
    assert [literal for literal in literals(script) if literal.value] == [Literal(name, value)]


@pytest.mark.parametrize(
    "script",
    [
        "var l=[];l[0]=['t','u'];l[1]=['v','w'];",
        "var l=new Array();\nl[0]=new Array('t','u');\nl[1]=new Array(\"v\",\"w\");",
        "var l=[];l.push(['t','u']);l.push(['v','w']);",
        "l[i++]=['t','u'];l[i++]=['v','w'];",
    ],
)
def test_what_is_put_in_piece_by_piece_is_one_list(script: str) -> None:
    assert literals(script)[-1] == Literal("l", [["t", "u"], ["v", "w"]])


@pytest.mark.parametrize(
    "script",
    ["", "if(a){b=c}", "function f(){return 1}", "x=a[0];y=b['k'];", "// [1,2]\n/* {a:1} */",
     "var s='[1,2]';", "try{f()}catch(e){}", "var s=\"{a}\";", "for(;;){}", "x=[", "x={a:", "]})"],
)  # fmt: skip
def test_code_is_no_data(script: str) -> None:
    assert literals(script) == ()


@pytest.mark.parametrize(
    "script",
    ["[" * 300_000, "{" * 300_000, "({" * 100_000 + "})" * 100_000, "'" * 300_000, "/" * 300_000,
     "[{a:'x'+1}," * 30_000, "=[" * 50_000 + "]" * 50_000, " " * 500_000 + "[1]", " {" * 200_000,
     "x=[new Array(1)," * 20_000, "\\x41" * 100_000, "a=[" + "'x'+y," * 50_000 + "]",
     "JSON.parse('{" + "\\" * 200_000, "/*" * 200_000, "x={a:" * 190 + "y+'z'" + "}" * 190,
     "function(a){return {a:1}}(" * 5_000, "x={a:'b'+c};" * 20_000],
    ids=range(17),
)  # fmt: skip
def test_hostile_scripts_end_soon(script: str) -> None:
    start = time.process_time()
    literals(script)
    assert time.process_time() - start < 3


_PIECES = st.sampled_from(
    ["var a=", "[", "]", "{", "}", "(", ")", "'x'", '"y"', "`", "'", '"', "/", "//", "/*", "*/",
     ",", ":", "title", "function(a){return ", "}(1))", "new Array(", "a[0]=", ".push(", "\\", "\n",
     "1",
     "JSON.parse('", "%7B", "\\ud800", "\x00", "null", "-", "return ", "=>", "关于开展"]
) | st.text(max_size=3)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=40))
def test_any_script_is_read(pieces: list[str]) -> None:
    assert isinstance(literals("".join(pieces)), tuple)
