"""How fast the widget is on a slow phone: `python tests/benchmarks/widget.py [address of a running gateway]`.

A profile like Lighthouse's "mobile": a processor 4 times slower than this machine's, 1.6 Mbit/s and 150 ms there and back.
Prints the median of seven visits; times are milliseconds.
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys

from playwright.sync_api import Browser, Page, sync_playwright

VISITS = 7
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
WATCH = """
addEventListener('load', () => { window.loaded = performance.now() });
const look = () => {
    const box = document.querySelector('help-chat')?.shadowRoot?.querySelector('.box');
    if (box && !box.hidden) requestAnimationFrame(() => { window.painted = performance.now() });
    else requestAnimationFrame(look);
};
look();
"""
OPEN = """() => new Promise(done => {
    const start = performance.now();
    document.querySelector('help-chat').open = true;
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
})"""
ADD = """count => new Promise(done => {
    const root = document.querySelector('help-chat').shadowRoot;
    const log = root.querySelector('.log');
    const first = performance.now();
    let worst = 0, left = count, last = first;
    const step = now => {
        worst = Math.max(worst, now - last);
        last = now;
        if (!left--) return done({ total: now - first, worst });
        root.querySelector('.field').value = 'message ' + left;
        root.querySelector('form').requestSubmit();
        log.scrollTop = log.scrollHeight;
        requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
})"""
LONG_ANSWER = {"kind": "answer", "text": "A first paragraph.\n\n- one\n- two\n\n" + "More words. " * 20}


def visit(browser: Browser, address: str) -> dict[str, float]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2, is_mobile=True, has_touch=True)
    page = context.new_page()
    page.add_init_script(WATCH)
    slow_down(page)
    page.goto(address)
    page.wait_for_function("window.painted && window.loaded")
    loaded, painted = page.evaluate("[window.loaded, window.painted]")
    opened = page.evaluate(OPEN)
    page.route("**/chat/messages", lambda route: route.fulfill(json={"conversation": "x", "replies": [LONG_ANSWER]}))
    frames = page.evaluate(ADD, 100)
    context.close()
    return {
        "page loaded": loaded,
        "chat painted after load": painted - loaded,
        "chat opened after a tap": opened,
        "worst frame while 100 messages are added": frames["worst"],
    }


def slow_down(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)


def main() -> None:
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        visits = [visit(browser, address) for _ in range(VISITS)]
        browser.close()
    print(json.dumps({name: round(statistics.median(one[name] for one in visits), 1) for name in visits[0]}, indent=2))


if __name__ == "__main__":
    main()
