"""A survey as a proposal: what is printed, and what each row of the sheet says of itself."""

from __future__ import annotations

from typing import Any

from console.errors import Failed
from console.output import clean
from crawler.proposing import MAX_DEPTH
from crawler.survey import Proposal, Surveyed
from ledger.addresses import host_of
from ledger.words import Outcome

Row = dict[str, Any]

GUESS = "仅为建议，请按合同核对"
_REMEDIES = {
    Outcome.DNS: "请核对网址中的域名，或检查本机的域名解析",
    Outcome.REFUSED: "请核对网址和端口，确认网站正在运行",
    Outcome.TIMEOUT: "请检查网络后再试",
    Outcome.BLOCKED: "请联系网站管理方放行本机后再试，或按 README.zh-CN.md 手工建立站点",
    Outcome.ROBOTS: "请与网站管理方确认可以巡查，或按 README.zh-CN.md 手工建立站点",
    Outcome.CERTIFICATE: "请联系网站管理方更换证书，或改用 http:// 地址",
}


def document(found: Surveyed) -> Row:
    """The proposal as plain data; raises the sentence to end with where there is none."""
    if found.outcome is not Outcome.OK:
        raise Failed(unread_home(found))
    if not found.columns:
        raise Failed(
            f"首页 {found.home} 打开了，但没有读到一个栏目链接，菜单可能全由脚本生成。"
            "请核对网址是否为首页，或按 README.zh-CN.md 手工建立站点。"
        )
    return {
        "home": found.home,
        "name": clean(found.name),
        "id_code": found.id_code,
        "columns": [_row(column) for column in found.columns],
        "depths": [sum(len(c.path) == n for c in found.columns) for n in range(1, MAX_DEPTH + 1)],
        "left_out": {why.value: count for why, count in found.left_out.items()},
        "unread": [
            {"path": list(path), "reason": clean(why)} for path, why in found.unread.items()
        ],
        "short": found.short,
        "requests": found.requests,
    }


def unread_home(found: Surveyed) -> str:
    """Why the home page told nothing, with the remedy."""
    said = found.outcome.label
    detail = "" if found.detail in ("", said) else f"（{clean(found.detail)}）"
    remedy = _REMEDIES.get(found.outcome, "请核对网址是否为网站首页，或稍后再试")
    return f"首页 {found.home} 没有读到：{said}{detail}。{remedy}。"


def _row(column: Proposal) -> Row:
    return {
        "path": list(column.path),
        "url": column.url,
        "frequency": column.frequency.label if column.frequency else "",
        "guess": bool(column.frequency and not column.jump),
        "found": column.where.label,
        "outcome": str(column.outcome) if column.outcome else None,
        "newest": column.day.isoformat() if column.day else None,
        "note": _note(column),
    }


def _note(column: Proposal) -> str:
    """What the operator should know of the row. Words of renewal would be read as a frequency."""
    parts = [f"见于{column.where.label}"]
    if column.jump:
        parts.append(
            "打开后转到别的网站" if column.outcome else f"指向别的网站 {host_of(column.url)}"
        )
    elif column.outcome is Outcome.OK:
        parts.append(f"第一页最新信息 {column.day.isoformat()}" if column.day else "")
    elif column.outcome is not None:
        parts.append(f"打开时：{column.outcome.label}")
    if column.frequency and not column.jump:
        parts.append(f"发布形式依据{column.reason}，{GUESS}")
    return "；".join(part for part in parts if part)
