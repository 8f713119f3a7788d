"""Files that are not read, told by their first bytes, and what to do with them instead."""

from __future__ import annotations

from nianbao.errors import InputError
from nianbao.messages import Text

MAX_CELLS = 200_000
MAX_TAGS = 1_000_000

EMPTY = Text("文件是空的；请检查是否保存成功", "the file is empty: check that it was saved")
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
LOCKED = Text("设有密码；请去掉密码另存再检查", "is protected by a password: save a copy without one and check that")
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
LAYOUT = Text(
    "是 OFD 版式文件，这一版不读；请在阅读器里另存为 PDF，或向提供者要原文件再检查",
    "is an OFD file, which this version does not read: save it as PDF in its viewer, or ask for the original file",
)
_SAVE = Text(
    "请在原程序里另存为网页（HTML）或纯文本再检查", "save it there as a page (HTML) or plain text and check that"
)
_BINARY = Text(
    "不是文本，也不是网页；请检查文件是否选对", "is neither text nor a page: check that this is the right file"
)
_WORDS = {
    "picture": Text(
        "其实是图片（{kind}），没有可读的文字；请检查原文件，不要用截图",
        "is really a picture ({kind}) with no text to read: check the original file instead of an image of it",
    ),
    "document": Text(
        "是{kind}文件，这一版只读文本和网页；" + _SAVE.zh,
        "is a {kind} file; this version reads text and pages: " + _SAVE.en,
    ),
    "broken": Text(
        "是{kind}文件，但内容已损坏或不完整；请重新保存或重新下载",
        "is a file of {kind}, but broken or not complete: save or download it again",
    ),
    "archive": Text(
        "是{kind}压缩包，不能直接读；请解压后检查文件夹，或改成 zip 压缩包",
        "is a {kind} archive, which is not read: unpack it and check the folder, or make it a zip file",
    ),
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC: tuple[tuple[bytes, str, Text], ...] = (
    (b"\x89PNG\r\n", "picture", Text("PNG", "PNG")),
    (b"\xff\xd8\xff", "picture", Text("JPEG", "JPEG")),
    (b"GIF8", "picture", Text("GIF", "GIF")),
    (b"BM", "picture", Text("BMP", "BMP")),
    (b"II*\x00", "picture", Text("TIFF", "TIFF")),
    (b"MM\x00*", "picture", Text("TIFF", "TIFF")),
    (_OLE, "broken", Text("旧版 Office（.doc、.xls、.wps）", "old Office (.doc, .xls, .wps)")),
    (b"PK\x03\x04", "document", Text("压缩包或新版 Office（.docx、.xlsx、.zip）", "zip or new Office (.docx, .xlsx)")),
    (b"Rar!", "archive", Text(" RAR ", "RAR")),
    (b"7z\xbc\xaf", "archive", Text(" 7z ", "7z")),
    (b"\x1f\x8b", "archive", Text(" gzip ", "gzip")),
    (b"MIME-Version:", "document", Text("单个网页（.mht）", "single-file page (.mht)")),
    (b"From: <Saved by", "document", Text("单个网页（.mht）", "single-file page (.mht)")),
)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
LOCKED = Text(
    "是设有打开密码的 Office 文件；请在原程序里去掉密码，保存后再检查",
    "is an Office file that a password protects: take the password away there, save it and check that",
)
_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\r\f\x1b\x0b")


def refuse_foreign(data: bytes) -> None:
    """Refuse bytes that are no text.

    Raises:
        InputError: code ``not-text``, with the kind of file where it is known.
    """
    head = data[:4096]
    for magic, words, kind in _MAGIC:
        if head.startswith(magic) and (len(magic) > 2 or _is_binary(head)):
            raise InputError("not-text", _WORDS[words].format(kind=kind))
    if _is_binary(head) and utf16(head) is None:
        raise InputError("not-text", _BINARY)


def refuse_locked(data: bytes) -> None:
    """Refuse an Office file that cannot be opened without a password, whatever was in it.

    Raises:
        InputError: code ``locked``.
    """
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise InputError("locked", LOCKED)


def utf16(data: bytes) -> str | None:
    """Return the encoding of text in UTF-16, known by its mark or by what it reads as; else None."""
    if data.startswith(b"\xff\xfe"):
        return "utf-16-le"
    if data.startswith(b"\xfe\xff"):
        return "utf-16-be"
    head = data[:4096]
    if 0 not in head:
        return None
    return next(
        (encoding for encoding in ("utf-16-le", "utf-16-be") if _reads_well(head.decode(encoding, "ignore"))), None
    )


def _reads_well(text: str) -> bool:
    """Whether nearly all characters are plain or Chinese."""
    plain = sum(" " <= char <= "~" or char in "\t\r\n" or "\u3000" <= char <= "\u9fff" for char in text)
    plain += sum("\uff00" <= char <= "\uffef" or "\u2010" <= char <= "\u203f" for char in text)
    return plain > len(text) * 0.95


def _is_binary(head: bytes) -> bool:
    """Whether bytes hold control characters that no text has."""
    return len(head) - len(head.translate(None, _CONTROL)) > len(head) // 200
