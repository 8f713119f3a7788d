"""Limits on what is read of a file, and the messages for files that exceed them."""

from __future__ import annotations

from nianbao.messages import Text

MAX_CELLS = 200_000
MAX_TAGS = 1_000_000

EMPTY = Text("文件是空的；请检查是否保存成功", "the file is empty: check that it was saved")
POINTER = Text(
    "只是 Git LFS 的指针，文件内容还没有取下来；请先运行 git lfs pull 再检查",
    "is only a pointer of Git LFS, and the file itself is not here: run git lfs pull and check again",
)
NOT_FOUND = Text("没有这个文件；请检查路径", "there is no such file: check the path")
DIRECTORY = Text("这是文件夹，不是文件", "this is a folder, not a file")
SPECIAL = Text("这不是普通文件，不能读取", "this is not an ordinary file and is not read")
CANNOT_OPEN = Text(
    "打不开（{reason}）；请检查权限，或关闭占用它的程序",
    "cannot be opened ({reason}): check its permissions, or close the program that holds it",
)
UNKNOWN = Text(
    "认不出是什么格式；请另存为网页或纯文本再检查", "is of no format that is read: save it as a page or as plain text"
)
TOO_LARGE = Text(
    "有 {size} MB，超过上限 {limit} MB；请只保存年报正文（网页可另存为“仅 HTML”）再检查",
    "is {size} MB, more than the limit of {limit} MB: save the report itself (a page as “HTML only”) and check that",
)
TOO_MANY_CELLS = Text(
    "表格超过 {limit} 格，不像年度报告；请只保存年报正文再检查",
    "its tables have more than {limit} cells, which no annual report has: save the report itself and check that",
)
TOO_MANY_LINES = Text(
    "超过 {limit} 行，不像年度报告；请只保存年报正文再检查",
    "has more than {limit} lines, which no annual report has: save the report itself and check that",
)
TOO_MANY_TAGS = Text(
    "超过 {limit} 个标签，不像年度报告；请只保存年报正文再检查",
    "has more than {limit} tags, which no annual report has: save the report itself and check that",
)
TOO_MANY_ATTRIBUTES = Text(
    "有一个标签带了 {limit} 个以上的属性，不像网页；请在浏览器里打开，另存为网页再检查",
    "has a tag of more than {limit} attributes, which no page has: save the page from a browser and check that",
)
TOO_DEEP = Text(
    "网页层层嵌套太深，后面的内容读不到；请在浏览器里打开，只复制年报正文另存再检查",
    "the page is nested too deep to be read to its end: open it in a browser and save the report itself",
)
LOCKED = Text(
    "是设有打开密码的 Office 文件；请在原程序里去掉密码，保存后再检查",
    "is an Office file that a password protects: take the password away there, save it and check that",
)
LAYOUT = Text(
    "是 OFD 版式文件，这一版不读；请在阅读器里另存为 PDF，或向提供者要原文件再检查",
    "is an OFD file, which this version does not read: save it as PDF in its viewer, or ask for the original file",
)
