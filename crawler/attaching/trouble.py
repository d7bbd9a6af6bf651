"""Why a file could not be read, or not all of it, in words for the operator."""

from __future__ import annotations

ARCHIVE = "未检查：压缩包"
SCANNED = "未检查：扫描件（图片）"
PICTURE = "未检查：图片文件"
ENCRYPTED = "未检查：文件已加密"
BROKEN = "未检查：文件损坏或格式不规范，无法读取"
BOMB = "未检查：文件展开后过大，疑似压缩炸弹"
ENTITIES = "未检查：文件内含不允许的实体声明"
UNKNOWN = "未检查：不能识别的文件类型"
NO_OFFICE = "未检查：旧版文档需安装 LibreOffice 才能读取"
NO_TEXT = "未检查：文件中没有可读的文字"
GARBLED = "未检查：文件使用的字体没有文字编码，读不出文字"
A_PAGE = "未检查：地址返回的是网页，不是文件"
TIMED_OUT = "未检查：处理超时"
TOO_MUCH = "未检查：处理时占用内存过多"
DIED = "未检查：处理程序异常退出"
CUT = "文件过长，只检查了前一部分"
NO_WORDS = "未检查：图片上没有认出文字"
UNCLEAR = "图片上有文字辨认不清，未检查"
UNFINISHED = "文字识别没有完成（处理超时、占用内存过多或异常退出）"
NO_OCR = "已开启文字识别（ocr = true），但没有安装识别组件，请执行 pip install 'xuncha[ocr]'"
OCR_LATER = "本次巡查的文字识别时间（ocr_minutes）已用完，留待以后的巡查"


class Unreadable(Exception):
    """A file that cannot be read; the text is one of the sentences above."""
