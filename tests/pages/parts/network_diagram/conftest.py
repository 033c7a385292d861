"""The Chromium that is there, for the tests of this folder that need one."""

import shutil

import pytest

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: Playwright keeps an event loop in this thread, in which another's `asyncio.run` would fail."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    return {**browser_type_launch_args, "args": ["--no-sandbox"], **({"executable_path": path} if path else {})}
