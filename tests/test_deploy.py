"""What stands in docs/DEPLOY.md and compose.yaml is what the app knows."""

from pathlib import Path
from typing import Any

import yaml

from core.settings import PREFIX, Settings, table

ROOT = Path(__file__).parent.parent


def services() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]


def test_the_table_of_settings_is_today_s() -> None:
    assert table() in (ROOT / "docs" / "DEPLOY.md").read_text(encoding="utf-8")


def test_compose_tells_the_app_only_what_it_knows() -> None:
    told = {name for service in services().values() for name in service.get("environment", {}) if name.startswith(PREFIX)}
    assert told >= {"MTL_DATABASE", "MTL_BLOBS", "MTL_FILES", "MTL_CLUSTER", "MTL_WORKERS", "MTL_HOSTS"}
    assert told <= {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}


def test_what_is_believed_is_reached_from_inside_alone() -> None:
    found = services()
    assert all(found[name]["networks"] == ["inside"] for name in ("database", "scheduler", "worker"))
    assert "inside" not in found["proxy"]["networks"]
    assert [name for name, service in found.items() if "ports" in service] == ["proxy"]


def test_every_process_of_the_app_is_asked_by_the_proxy_and_knows_its_name() -> None:
    proxy = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
    apps = {name: service for name, service in services().items() if "MTL_CLUSTER" in service.get("environment", {})}
    assert len(apps) == 2
    for name, service in apps.items():
        assert service["hostname"] == name
        assert f"{name}:8501" in proxy


def test_secrets_are_asked_for_and_never_given() -> None:
    example = (ROOT / "deploy" / "example.env").read_text(encoding="utf-8")
    for name in ("DATABASE_PASSWORD", "COOKIE_SECRET"):
        assert f"{name}=\n" in example
        assert f"${{{name}:?" in (ROOT / "compose.yaml").read_text(encoding="utf-8")
