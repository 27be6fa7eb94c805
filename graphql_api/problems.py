"""What can be wrong with a request, as GraphQL errors tell it (请求问题).

A refused command is no error: it is an answer, see :mod:`registry.errors`. An error says that a question
was not answered. Each has a stable code, a sentence in English and in Chinese, and what to do; clients
switch on the code.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from graphql import GraphQLError, Node


class Problem(StrEnum):
    """Every reason for which a question is not answered."""

    INVALID_DOCUMENT = "INVALID_DOCUMENT"
    INVALID_INPUT = "INVALID_INPUT"
    INVALID_REQUEST = "INVALID_REQUEST"
    INVALID_UPLOAD = "INVALID_UPLOAD"
    UNSUPPORTED_MEDIA_TYPE = "UNSUPPORTED_MEDIA_TYPE"
    BODY_TOO_LONG = "BODY_TOO_LONG"
    TOO_COMPLEX = "TOO_COMPLEX"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    NOT_FOUND = "NOT_FOUND"
    CROSS_SITE = "CROSS_SITE"
    TOO_MANY_ATTEMPTS = "TOO_MANY_ATTEMPTS"
    SIGN_IN_FAILED = "SIGN_IN_FAILED"
    SIGN_IN_UNAVAILABLE = "SIGN_IN_UNAVAILABLE"
    HEADERS_TOO_LONG = "HEADERS_TOO_LONG"
    TIMEOUT = "TIMEOUT"
    UNAVAILABLE = "UNAVAILABLE"
    PROJECTIONS_MOVED = "PROJECTIONS_MOVED"
    INTERNAL = "INTERNAL"
    UNKNOWN_CHECKPOINT = "UNKNOWN_CHECKPOINT"
    UNKNOWN_WITNESS = "UNKNOWN_WITNESS"
    INVALID_COSIGNATURE = "INVALID_COSIGNATURE"
    IMPORT_UNDER_WAY = "IMPORT_UNDER_WAY"
    BUDGET_SPENT = "BUDGET_SPENT"
    UNTRUSTED_DOCUMENT = "UNTRUSTED_DOCUMENT"
    UNKNOWN_DOCUMENT = "UNKNOWN_DOCUMENT"
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    TOO_MANY_STREAMS = "TOO_MANY_STREAMS"
    POSITION_NOT_REACHED = "POSITION_NOT_REACHED"
    ACCESS_NOT_RECORDED = "ACCESS_NOT_RECORDED"
    NOT_INCREMENTAL = "NOT_INCREMENTAL"
    TOO_SLOW = "TOO_SLOW"
    EXTRA_MISSING = "EXTRA_MISSING"
    UNKNOWN_STREAM = "UNKNOWN_STREAM"
    STREAM_OPEN = "STREAM_OPEN"
    OPERATION_UNDER_WAY = "OPERATION_UNDER_WAY"
    SEVERAL_PROCESSES = "SEVERAL_PROCESSES"


class Words(NamedTuple):
    """The sentence and the advice of a code, in both languages; details fill what is in braces."""

    english: str
    chinese: str
    advice_english: str
    advice_chinese: str


WORDS: dict[Problem, Words] = {
    Problem.EXTRA_MISSING: Words(
        "This server is installed without {extra}.",
        "本服务器未安装 {extra} 组件。",
        "Install it: pip install 'kexie-registry[{extra}]'; or ask for another format.",
        "请安装：pip install 'kexie-registry[{extra}]'；或改用其他格式。",
    ),
    Problem.INVALID_DOCUMENT: Words(
        "{problem}",
        "查询文档有误：{problem}",
        "Compare the document with the schema, which /graphiql shows.",
        "请对照模式修改查询；模式见 /graphiql。",
    ),
    Problem.INVALID_INPUT: Words(
        "{field}: {problem}.",
        "{field}：{chinese}。",
        "Correct the value and ask again.",
        "请改正后重新提交。",
    ),
    Problem.INVALID_REQUEST: Words(
        "{problem}.",
        "{chinese}。",
        'Send a JSON object such as {{"query": "…", "variables": {{}}}}.',
        '请发送 JSON 对象，例如 {{"query": "…", "variables": {{}}}}。',
    ),
    Problem.INVALID_UPLOAD: Words(
        "{problem}.",
        "{chinese}。",
        "Send the file as multipart/form-data: operations, map and the file; docs/import.md has an example.",
        "请以 multipart/form-data 上传文件，含 operations、map 与文件；示例见 docs/import.md。",
    ),
    Problem.UNSUPPORTED_MEDIA_TYPE: Words(
        "The request's content type is {given}, not application/json.",
        "请求的内容类型为 {given}，应为 application/json。",
        "Send JSON, and say so: Content-Type: application/json.",
        "请以 JSON 发送，并注明 Content-Type: application/json。",
    ),
    Problem.BODY_TOO_LONG: Words(
        "The request is longer than {bytes} bytes.",
        "请求超过 {bytes} 字节。",
        "Send less at a time.",
        "请分次发送。",
    ),
    Problem.TOO_COMPLEX: Words(
        "The document has more than {limit} {english}.",
        "查询的{chinese}超过 {limit}。",
        "Ask for less at a time; orgChart shows whole trees flat.",
        "请减少一次查询的内容；整棵架构树请用 orgChart。",
    ),
    Problem.UNAUTHENTICATED: Words(
        "Nobody is signed in by this request.",
        "请求未登录，或令牌已失效。",
        "Send a token that is valid: Authorization: Bearer kexie_….",
        "请使用有效的令牌：Authorization: Bearer kexie_…。",
    ),
    Problem.NOT_FOUND: Words(
        "There is no {english}.",
        "{chinese}不存在。",
        "Compare the address with docs/reports.md.",
        "请对照 docs/reports.md 核对地址。",
    ),
    Problem.FORBIDDEN: Words(
        "You may not ask for {field}.",
        "无权查询 {field}。",
        "Sign in with a token that has the right.",
        "请使用有相应权限的令牌登录。",
    ),
    Problem.CROSS_SITE: Words(
        "The request comes from another site.",
        "该请求来自其他网站。",
        "Open the register's own page; programs send an API key instead of a cookie.",
        "请打开登记系统自己的网页；程序请使用接口密钥而不是 Cookie。",
    ),
    Problem.TOO_MANY_ATTEMPTS: Words(
        "Too many failed attempts to sign in from this address.",
        "此地址登录失败次数过多。",
        "Wait {seconds} seconds, then send a token that is valid.",
        "请等待 {seconds} 秒，再使用有效的令牌。",
    ),
    Problem.SIGN_IN_FAILED: Words(
        "The sign-in was not completed: {problem}.",
        "登录未完成：{chinese}。",
        "Open the register's page and sign in again.",
        "请打开登记系统网页重新登录。",
    ),
    Problem.SIGN_IN_UNAVAILABLE: Words(
        "The identity provider is out of reach.",
        "统一身份认证服务暂时无法访问。",
        "Try again in some seconds; API keys work meanwhile.",
        "请数秒后再试；接口密钥不受影响。",
    ),
    Problem.NOT_INCREMENTAL: Words(
        "Answers come in one piece: there is neither @defer nor @stream.",
        "答复一次给出，不支持 @defer 与 @stream。",
        "Leave the directive out, ask in two operations, or for a page at a time.",
        "请去掉该指令，或分两次查询、分页查询。",
    ),
    Problem.TOO_SLOW: Words(
        "The request was not there within {seconds} s.",
        "请求未在 {seconds} 秒内发送完毕。",
        "Send it again, faster or in parts.",
        "请重新发送，加快速度或分次发送。",
    ),
    Problem.HEADERS_TOO_LONG: Words(
        "The request's headers are longer than {bytes} bytes.",
        "请求头超过 {bytes} 字节。",
        "Send fewer or shorter headers; clear the site's cookies in a browser.",
        "请减少请求头；浏览器可清除本站 Cookie。",
    ),
    Problem.TIMEOUT: Words(
        "The database took too long to answer.",
        "数据库未能及时答复。",
        "Ask for less at a time, or again later.",
        "请减少一次查询的内容，或稍后再试。",
    ),
    Problem.UNAVAILABLE: Words(
        "The database is out of reach.",
        "数据库暂时无法访问。",
        "Ask again in some seconds; if it lasts, tell whoever runs the server.",
        "请数秒后再试；若持续如此，请联系管理员。",
    ),
    Problem.PROJECTIONS_MOVED: Words(
        "The register reads projections of another version of the program.",
        "登记系统现用投影由另一版本的程序建立。",
        "Ask again: a process of that version answers. Whoever runs the server restarts this one.",
        "请重新查询，由该版本的进程答复；管理员请重启本进程。",
    ),
    Problem.INTERNAL: Words(
        "Internal error {id}.",
        "系统内部错误 {id}。",
        "Report the id to whoever runs the server.",
        "请将该编号报告管理员。",
    ),
    Problem.UNKNOWN_CHECKPOINT: Words(
        "This log never signed such a checkpoint.",
        "本日志从未签发该检查点。",
        "Cosign what /log/checkpoint shows, without changing its text.",
        "请对 /log/checkpoint 所示的文本原样会签。",
    ),
    Problem.UNKNOWN_WITNESS: Words(
        "None of the signatures is that of a witness known here.",
        "签名中没有已知见证人的签名。",
        "Have the witness's public key added to KEXIE_WITNESSES; /log/key shows those known.",
        "请将见证人公钥加入 KEXIE_WITNESSES；已知公钥见 /log/key。",
    ),
    Problem.INVALID_COSIGNATURE: Words(
        "The note or its cosignature is wrong: {problem}.",
        "检查点或会签有误：{problem}。",
        "Send the checkpoint as a signed note with a cosignature/v1 line.",
        "请发送带有 cosignature/v1 签名行的检查点。",
    ),
    Problem.IMPORT_UNDER_WAY: Words(
        "Another file is being imported.",
        "正在导入另一个文件。",
        "Send the file again when that is done.",
        "请待其完成后再提交。",
    ),
    Problem.BUDGET_SPENT: Words(
        "You have asked for more than may be asked for in a minute.",
        "一分钟内的查询量已用尽。",
        "Wait {seconds} seconds; extensions.cost tells what answers cost, the header RateLimit what is left.",
        "请等待 {seconds} 秒；extensions.cost 注明用量，RateLimit 响应头注明余量。",
    ),
    Problem.UNTRUSTED_DOCUMENT: Words(
        "This server answers registered documents only, and this is none.",
        "本服务器只接受已登记的查询文档，该文档未登记。",
        "Send a registered document word for word, or its documentId; others are registered by whoever runs"
        " the server.",
        "请原样发送已登记的文档或其 documentId；新文档请联系管理员登记。",
    ),
    Problem.UNKNOWN_DOCUMENT: Words(
        "No document is registered as {name}.",
        "没有登记为 {name} 的查询文档。",
        "Send the document itself, or the hash of a registered one: sha256:….",
        "请发送文档全文，或已登记文档的哈希：sha256:…。",
    ),
    Problem.METHOD_NOT_ALLOWED: Words(
        "This cannot be asked by {method}.",
        "不能以 {method} 方式请求。",
        "Send it by POST; by GET only queries are answered.",
        "请以 POST 发送；GET 只接受查询。",
    ),
    Problem.TOO_MANY_STREAMS: Words(
        "You follow {limit} streams already.",
        "同时订阅的数据流已达 {limit} 条。",
        "End one before you begin another.",
        "请先结束一条，再开始新的订阅。",
    ),
    Problem.UNKNOWN_STREAM: Words(
        "There is no such stream, or it is not yours.",
        "没有该数据流，或其不属于请求者。",
        "Reserve one by PUT, and open it within seconds, as the same caller; a token is for one stream.",
        "请以 PUT 预约，并由同一调用者在数秒内打开；一个令牌只能用于一条数据流。",
    ),
    Problem.STREAM_OPEN: Words(
        "The stream is open already.",
        "该数据流已打开。",
        "Reserve another one by PUT.",
        "请以 PUT 另行预约。",
    ),
    Problem.OPERATION_UNDER_WAY: Words(
        "An operation {id} is under way on this stream.",
        "该数据流上已有操作 {id}。",
        "Give each operation an operationId of its own.",
        "请为每个操作使用不同的 operationId。",
    ),
    Problem.SEVERAL_PROCESSES: Words(
        "No stream for several operations is reserved here: the server has several processes.",
        "服务器以多个进程运行，不提供多操作合用的数据流。",
        "Follow each operation over a connection of its own, or all over a WebSocket.",
        "请为每个操作使用单独的连接，或使用 WebSocket。",
    ),
    Problem.POSITION_NOT_REACHED: Words(
        "The log had not reached position {position} after {seconds} seconds; it stands at {head}.",
        "等待 {seconds} 秒后日志仍未到达位置 {position}，目前为 {head}。",
        "Give a position that a command returned, or ask again.",
        "请使用命令返回的位置，或稍后再试。",
    ),
    Problem.ACCESS_NOT_RECORDED: Words(
        "The answer holds restricted data, and that it was read could not be recorded.",
        "答复包含敏感个人信息，而此次查阅未能记录。",
        "Ask again in some seconds, or ask for nothing restricted; if it lasts, tell whoever runs it.",
        "请数秒后再试，或只查询非敏感内容；若持续如此，请联系管理员。",
    ),
}


def problem(code: Problem, nodes: Node | Sequence[Node] | None = None, **details: object) -> GraphQLError:
    """Return the error for ``code`` at ``nodes`` of the document; ``details`` fill its words."""
    words = WORDS[code]
    return GraphQLError(words.english.format_map(details), nodes, extensions=told(code, **details))


def told(code: Problem, **details: object) -> dict[str, Any]:
    """Return the code, and the words in both languages, as the extensions of an error hold them."""
    words = WORDS[code]
    return {
        "code": str(code),
        "messageZh": words.chinese.format_map(details),
        "advice": words.advice_english.format_map(details),
        "adviceZh": words.advice_chinese.format_map(details),
    }


def invalid(
    field: str, problem_english: str, chinese: str, nodes: Node | Sequence[Node] | None = None
) -> GraphQLError:
    """Return the error for a value that the types of the schema could not rule out."""
    return problem(Problem.INVALID_INPUT, nodes, field=field, problem=problem_english, chinese=chinese)
