"""Every setting of the program: from the environment as ``KEXIE_…``, or from ``kexie.toml`` (设置)."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)


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
    log_format: Literal["console", "json"] = Field(
        default="console", description="How log lines are written. 日志格式。"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="The least important line that is written. 日志级别。"
    )

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
