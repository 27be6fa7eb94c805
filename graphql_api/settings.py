"""Every setting of the program: from the environment as ``KEXIE_…``, or from ``kexie.toml`` (设置)."""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from graphql_api import limits
from graphql_api.budget import PER_MINUTE
from graphql_api.fetching import is_allowed_issuer
from graphql_api.policy import Whom


class Settings(BaseSettings):
    """The environment wins over ``kexie.toml`` in the working directory, which wins over the defaults."""

    model_config = SettingsConfigDict(
        env_prefix="KEXIE_", toml_file="kexie.toml", extra="forbid", frozen=True
    )

    database_url: str | None = Field(
        default=None,
        description="Address of a PostgreSQL 18 server's database;"
        " without it the embedded server is used. 数据库地址。",
    )
    data_dir: Path = Field(
        default=Path(".kexie"),
        description="Where the embedded server keeps its data; readable by its user only. 数据目录。",
    )
    replica_url: str | None = Field(
        default=None,
        description="Address of the same database on a streaming standby, which answers questions;"
        " without it the primary does. 只读副本地址。",
    )
    replica_lag_seconds: float = Field(
        default=5.0,
        gt=0,
        le=60,
        description="A replica that is further behind is not asked. 副本最大延迟(秒)。",
    )
    master_key: SecretStr | None = Field(
        default=None,
        description="The master key, 32 bytes in base64; after it earlier ones, apart by blanks. 主密钥。",
    )
    master_key_file: Path | None = Field(
        default=None,
        description="A file with the master key; without either one is made in data_dir/keys. 主密钥文件。",
    )
    retention_years: int = Field(
        default=5,
        ge=0,
        le=100,
        description="Years after which people without ties are due for erasure. 个人信息保存年限。",
    )
    access_log_days: int = Field(
        default=1096,
        ge=180,
        le=36_525,
        description="Days for which it is kept who read restricted data. 查阅记录保存天数。",
    )
    host: str = Field(default="127.0.0.1", description="Address to listen on. 监听地址。")
    port: int = Field(default=8000, ge=1, le=65535, description="Port to listen on. 端口。")
    workers: int = Field(default=1, ge=1, le=64, description="Server processes. 进程数。")
    readers: int = Field(
        default=10,
        ge=1,
        le=100,
        description="Database connections for queries, in each process. 查询连接数。",
    )
    statement_seconds: int = Field(
        default=10,
        ge=1,
        le=600,
        description="How long one query may take in the database. 单次查询时限(秒)。",
    )
    queue: int = Field(
        default=10_000, ge=1, description="Commands waiting at most; more are refused BUSY. 待处理命令上限。"
    )
    clock_jump_seconds: int = Field(
        default=3600,
        ge=1,
        description="How far the database's clock may jump ahead"
        " before commands are refused. 时钟跳变上限(秒)。",
    )
    public_url: str | None = Field(
        default=None,
        description="Address by which browsers know the register, such as https://register.example;"
        " without it http, host and port. 对外网址。",
    )
    trusted_proxies: str | None = Field(
        default=None,
        description="Addresses or networks, with commas, of proxies whose X-Forwarded-For and"
        " X-Forwarded-Proto are believed; never `*`. 受信代理。",
    )
    oidc_issuer: str | None = Field(
        default=None, description="Issuer of the identity provider, as its tokens say it. 身份提供方。"
    )
    oidc_audience: str | None = Field(
        default=None,
        description="Audience that access tokens must name to be accepted; without it none is. 令牌受众。",
    )
    oidc_client_id: str | None = Field(
        default=None,
        description="What the provider knows the register as; without it browsers cannot sign in there."
        " 客户端标识。",
    )
    oidc_client_secret: SecretStr | None = Field(
        default=None, description="The client's secret; none for a public client. 客户端密钥。"
    )
    session_idle_minutes: int = Field(
        default=60,
        ge=1,
        le=1440,
        description="A browser's session ends when idle this long. 会话空闲时限(分钟)。",
    )
    session_hours: int = Field(
        default=12,
        ge=1,
        le=168,
        description="A browser's session ends after this in any case. 会话最长时限(小时)。",
    )
    import_megabytes: int = Field(
        default=100, ge=1, le=2000, description="How large a file to import may be (MB). 导入文件大小上限。"
    )
    import_rows: int = Field(
        default=2_000_000, ge=1, description="How many rows a file to import may have. 导入行数上限。"
    )
    log_format: Literal["console", "json"] = Field(
        default="console", description="How log lines are written. 日志格式。"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="The least important line that is written. 日志级别。"
    )

    log_key_file: Path | None = Field(
        default=None,
        description="The key that signs the log's checkpoints; without it one is made"
        " in the data directory. 日志签名密钥文件。",
    )
    log_origin: str = Field(
        default="kexie.local/log",
        pattern=r"^[^\s+]{1,200}$",
        description="The name of this log in its checkpoints, unique in the world, such as a host name"
        " and a path. 日志名称。",
    )
    witnesses: str = Field(
        default="",
        description="Public keys of witnesses whose cosignatures are accepted,"
        " with blanks between. 见证人公钥。",
    )

    documents: Literal["any", "trusted"] = Field(
        default="any",
        description="Which documents are answered: any, or only those registered by their hash."
        " 查询文档范围。",
    )
    documents_dir: Path | None = Field(
        default=None,
        description="A folder of registered documents (*.graphql) beside those of the page. 登记文档目录。",
    )
    introspection: Whom = Field(
        default=Whom.EVERYBODY,
        description="Who may ask what the schema holds: everybody, known (signed in), nobody. 模式查询范围。",
    )
    document_tokens: int = Field(
        default=limits.TOKENS, ge=50, le=20_000, description="Words and signs of a document. 文档词数上限。"
    )
    document_depth: int = Field(
        default=limits.DEPTH, ge=1, le=50, description="Levels of a document. 文档层级上限。"
    )
    document_aliases: int = Field(
        default=limits.ALIASES, ge=0, le=500, description="Aliases in a document. 文档别名上限。"
    )
    document_directives: int = Field(
        default=limits.DIRECTIVES, ge=0, le=500, description="Directives in a document. 文档指令上限。"
    )
    cost_per_request: int = Field(
        default=limits.COST, ge=1_000, description="Values in one answer, by estimate. 单次查询量上限。"
    )
    cost_per_minute: int = Field(
        default=PER_MINUTE,
        ge=1_000,
        description="Values in a caller's answers of a minute, in each process. 每分钟查询量上限。",
    )
    streams_per_caller: int = Field(
        default=50,
        ge=1,
        description="Operations a caller follows at a time, in each process. 订阅数上限。",
    )
    sockets_per_address: int = Field(
        default=100, ge=1, description="WebSockets of one address, in each process. 单地址连接数上限。"
    )
    operations_per_socket: int = Field(
        default=20, ge=1, le=1_000, description="Operations at a time over one WebSocket. 单连接订阅数上限。"
    )
    socket_init_seconds: float = Field(
        default=10.0,
        gt=0,
        le=300,
        description="A WebSocket is closed that says nothing for this long at first. 连接初始化时限(秒)。",
    )
    slow_reader_seconds: float = Field(
        default=30.0,
        gt=0,
        le=600,
        description="Who follows and does not read for this long is hung up on. 停滞读取时限(秒)。",
    )
    position_seconds: float = Field(
        default=5.0,
        ge=0,
        le=60,
        description="How long a question waits for its Kexie-Min-Position. 等待日志位置时限(秒)。",
    )

    @property
    def witness_keys(self) -> list[str]:
        """The keys of the witnesses, as they are written."""
        return self.witnesses.split()

    @field_validator("oidc_issuer")
    @classmethod
    def _issuer_is_safe(cls, issuer: str | None) -> str | None:
        if issuer is not None and not is_allowed_issuer(issuer):
            message = (
                "the issuer is an https address without user, query and fragment (http on loopback only)"
            )
            raise ValueError(message)
        return issuer

    @field_validator("public_url")
    @classmethod
    def _front_is_an_origin(cls, url: str | None) -> str | None:
        if url is not None:
            parts = urlsplit(url)
            if (
                parts.scheme not in {"http", "https"}
                or not parts.netloc
                or parts.path.strip("/")
                or parts.username
            ):
                message = "the public address is a scheme and a host, such as https://register.example"
                raise ValueError(message)
        return url

    @model_validator(mode="after")
    def _sessions_are_not_overheard(self) -> Self:
        front = self.public_url or f"http://{self.host}:{self.port}"
        if self.oidc_client_id is not None and not is_allowed_issuer(front):
            message = (
                "browsers sign in by https: set KEXIE_PUBLIC_URL to an https address (http on loopback only)"
            )
            raise ValueError(message)
        return self

    @field_validator("trusted_proxies")
    @classmethod
    def _proxies_are_addresses(cls, proxies: str | None) -> str | None:
        for proxy in () if proxies is None else proxies.split(","):
            ip_network(proxy.strip(), strict=False)
        return proxies

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read what the command line gave, then the environment, then the file."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)
