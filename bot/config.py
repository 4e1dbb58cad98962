"""The settings, read from the environment or from ``.env``. Each is described in ``.env.example`` and the README."""

from __future__ import annotations

import re
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class ListenError(Exception):
    """Nobody can listen at the address of a setting: another program does, or it is none of this machine."""

    def __init__(self, setting: str, address: str) -> None:
        super().__init__(f"{setting}={address}")
        self.setting = setting
        self.address = address


class Settings(BaseSettings):
    """A wrong value is refused at the start with the name of the setting (pydantic.ValidationError)."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore")

    bot_token: SecretStr = Field(default=SecretStr(""))
    bot_username: str = ""
    owner_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    database_url: str = Field(
        default="sqlite+aiosqlite:///data/vestovoy.sqlite3",
        pattern=r"^(sqlite(\+aiosqlite)?://(/.*)?|postgresql\+asyncpg://.+)$",
    )
    telegram_api_url: str = Field(default="https://api.telegram.org", pattern=r"^https?://[^/]")
    timezone: str = "Europe/Moscow"
    send_rate: float = Field(default=30, gt=0, le=1000)
    paid_broadcast: bool = False
    webhook_url: str | None = Field(default=None, pattern=r"^https?://[^/]")
    webhook_secret: SecretStr | None = None
    webhook_listen: str = Field(default="127.0.0.1:8080", pattern=r"^[^:]+:\d{1,5}$")
    sqlite_synchronous: Literal["normal", "full"] = "normal"
    backup_keep_days: int = Field(default=14, ge=0)
    archive_after_days: int = Field(default=0, ge=0)
    metrics_listen: str | None = Field(default=None, pattern=r"^[^:]+:\d{1,5}$")
    log_format: Literal["human", "json"] = "human"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    operator_name: str = "организация, которая ведёт этого бота"
    operator_contact: str = ""
    without_personal_data: bool = False

    @field_validator("owner_ids", mode="before")
    @classmethod
    def _split_ids(cls, value: object) -> object:
        if isinstance(value, str):
            return [part for part in value.replace(";", ",").split(",") if part.strip()]
        return value

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, OSError) as error:  # a folder's name, such as «Europe», is an OSError
            raise ValueError(f"no time zone {value!r}") from error
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _secret_fits_a_header(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("Telegram takes 1 to 256 letters, digits, _ and -")
        return value

    @field_validator("webhook_url", "webhook_secret", "metrics_listen", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if value == "" else value
