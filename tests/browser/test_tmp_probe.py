def test_opens(page, app_url, console_errors):
    page.goto(app_url); page.wait_for_timeout(8000)
    page.screenshot(path="/tmp/proto/app.png")
    assert page.viewport_size == {"width":1440,"height":900}
    assert console_errors == ["x"]
