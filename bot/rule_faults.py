"""What is wrong with a rule file, in one Chinese line; and the option that names a township's own rules."""

from __future__ import annotations

from pathlib import Path

import click

from nlp.rules import BadRule
from storage.rulebook import RuleFault


def _there(_ctx: click.Context, _param: click.Parameter, folder: Path | None) -> Path | None:
    if folder is not None and not folder.is_dir():
        raise click.ClickException(fault_line(RuleFault(str(folder), 0, "no_folder", "YOUSHI_RULES_DIR")))
    return folder


OWN_RULES = click.option(
    "--rules-dir",
    envvar="YOUSHI_RULES_DIR",
    type=click.Path(path_type=Path),
    callback=_there,
    hidden=True,
    help="A township's own rules.",
)

_PROBLEMS = {
    "no_folder": "没有这个目录，或者没有挂上：乡镇自己的规则一条也用不上",
    "unreadable": "打不开",
    "encoding": "编码不对，请另存为“CSV UTF-8”",
    "empty": "是空的",
    "no_rows": "只有列名，会把随带的规则都盖掉",
    "too_large": "太大，不像规则文件",
    "intents": "说法写得不对",
    "bad_day": "日子写得不对",
    "csv": "不是规整的 CSV",
    "unknown_column": "有不认识的列",
    "missing_column": "缺一列",
    "double_column": "有两列同名",
    "too_many_cells": "格子比列名多；句子里有逗号时要用双引号括起来",
    "empty_cell": "有空格子",
    "unknown_file": "没有这个规则文件",
    "no_file": "不是规则文件：要小写的名字、CSV UTF-8，放文件本身",
    "unknown_code": "没有这个代码",
    "unknown_tokenizer": "这张表是按另一种分词学的，请重新学",
    "unknown_match": "“怎么找”只能填 word 或 phrase",
    "bad_weight": "分数要填 1 到 9999 的整数",
    "bad_pattern": "说法写得不对，请看括号和词组名",
    "double": "和前面某一行重复",
    "unknown_kind": "不认识的种类",
    "unknown_level": "不认识的级别",
    "unknown_type": "不认识的类型",
    "unknown_mark": "不认识的标记",
    "unknown_number": "电话只能是",
    "unknown_value": "不认识的词",
    "yaml": "不是规整的 YAML，请看缩进和冒号",
    "unusable": "这一项用不了",
    "unknown": "不认识的值",
    "unknown_key": "不认识的项",
    "unknown_profile": "没有这套法律口径",
    "unknown_area": "不认识的范围",
    "unknown_body": "没有这种会",
    "no_days": "天数要填整数",
    "no_share": "比例要填分数，比如 2/3",
    "share_or_count": "share 和 count 要填一样，只填一样",
    "word_twice": "同一个叫法写了两回",
    "latest_minutes": "latest_minutes 要比 before_minutes 小",
    "missing": "缺一项",
    "unknown_urgency": "急缓只能是 P1、P2、P3",
}


def fault_line(fault: RuleFault | BadRule) -> str:
    """Say in one Chinese line which file and row is wrong, and what mends it."""
    problem, _, detail = fault.problem.partition(":")
    where = f"{fault.file} 第{fault.row}行" if fault.row else fault.file
    said = _PROBLEMS.get(problem, problem) + (f"：{detail}" if detail else "")
    mend = fault.mend if len(fault.mend) <= 60 else fault.mend[:60] + "…"
    return f"{where} {said}（{_mend(problem, mend)}）"


def _mend(problem: str, mend: str) -> str:
    if problem == "double":
        return f"第{mend}行已经有了，请留一行"
    if problem == "yaml":
        return f"上面几行也看看，照 rules/ 里的样子写；读到这里时：{mend}"
    if problem == "bad_day":
        return "日期写成 2026-10-01，一天一行；安排写 放假 或者 上班"
    if problem == "no_folder":
        return f"改 {mend}，不用就去掉它"
    return f"可用：{mend}"
