// What the tests in a browser share: a browser, and a page that notes everything that goes wrong in it.

import { stat } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";

// A browser page that notes everything that goes wrong in it; `expected` is an address that may be missing.
export async function watched(browser, base, fault, options = {}) {
  // A page that still glides to its anchor moves what is to be clicked. On a busy machine a page may take long.
  const page = await browser.newPage({ reducedMotion: "reduce", ...options });
  page.setDefaultTimeout(180_000);
  const state = { page, where: base, expected: null };
  const isOwn = (address) => address.startsWith(base);
  page.on("console", (message) => {
    const isExpected = state.expected !== null && message.location().url === state.expected;
    if (message.type() === "error" && !isExpected) fault(state.where, `console: ${message.text()}`);
  });
  page.on("pageerror", (error) => fault(state.where, `exception: ${error.message}`));
  page.on("request", (request) => isOwn(request.url()) || fault(state.where, `leaves the site: ${request.url()}`));
  page.on("requestfailed", (request) => {
    // The icon comes after everything else and is dropped when the next page is opened.
    const reason = request.failure()?.errorText ?? "";
    if (reason !== "net::ERR_ABORTED") fault(state.where, `not loaded (${reason}): ${request.url()}`);
  });
  page.on("response", (response) => {
    const isMissing = response.status() >= 400 && response.url() !== state.expected;
    if (isMissing) fault(state.where, `status ${response.status()}: ${response.url()}`);
  });
  return state;
}

// Does something with each of a list, some side by side, each in a page of its own that `open` gives.
export async function sideBySide(list, open, task) {
  const left = [...list];
  const worker = async () => {
    const state = await open();
    while (left.length > 0) await task(state, left.shift());
    await state.page.close();
  };
  await Promise.all([worker(), worker(), worker()]);
}

// How many bytes the scripts of a first search have, by the files of the site under `root`, once results and facets stand.
export async function firstSearchBytes(page, base, root) {
  await page.waitForFunction(() => document.querySelector(".search-facet") !== null || document.getElementById("search-panes").hidden);
  const sources = await page.evaluate(() => [...document.scripts].map((script) => script.src).filter((source) => source !== ""));
  const sizes = await Promise.all(sources.map(async (source) => (await stat(join(root, source.slice(base.length)))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

// A browser of the Chromium family, which asks for nothing by itself.
export function launch(path) {
  return chromium.launch({
    executablePath: path,
    args: [
      "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync",
    ],
  });
}
