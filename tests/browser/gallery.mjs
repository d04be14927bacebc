// Opens the gallery in a real browser under the policy that pages are sent with: axe, three widths, and what script does.
// Usage: gallery.mjs GALLERY_FOLDER CHROMIUM [SCREENSHOT_FOLDER]
import assert from "node:assert/strict";
import { createReadStream, existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { chromium } from "playwright-core";

const [folder, program, shots] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2" };
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const states = readdirSync(folder).filter((name) => name.endsWith(".html")).map((name) => name.slice(0, -".html".length));

const saves = [];
let saveStatus = 204;
const server = createServer((request, response) => {
  const path = new URL(request.url, "http://localhost").pathname;
  if (path === "/save") {
    let body = "";
    request.on("data", (chunk) => { body += chunk; });
    request.on("end", () => { saves.push(Object.fromEntries(new URLSearchParams(body))); response.writeHead(saveStatus).end(); });
    return;
  }
  if (path === "/queue/events") return response.writeHead(204).end();
  const file = join(folder, path);
  if (!existsSync(file) || !TYPES[extname(file)]) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": TYPES[extname(file)], "content-security-policy": POLICY });
  createReadStream(file).pipe(response);
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({
  executablePath: program,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

async function open(name, options = {}, change = null) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: false, ...options });
  const page = await context.newPage();
  page.complaints = [];
  page.on("console", (message) => message.type() === "error" && page.complaints.push(message.text()));
  page.on("pageerror", (error) => page.complaints.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(origin)) page.complaints.push(`asked ${request.url()}`);
  });
  if (change) {
    await page.route(`${origin}/${name}.html`, async (route) => {
      const response = await route.fetch();
      const html = await response.text();
      assert.notEqual(change(html), html);
      await route.fulfill({ response, body: change(html) });
    });
  }
  await page.goto(`${origin}/${name}.html`);
  await page.evaluate(() => document.fonts.ready);
  return page;
}

const tests = [];
const test = (claim, run) => tests.push([claim, run]);

for (const name of states) {
  test(`${name} fits three widths, and axe and the policy find nothing`, async () => {
    const page = await open(name);
    for (const width of [1280, 768, 320]) {
      await page.setViewportSize({ width, height: 900 });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (shots) await page.screenshot({ path: join(shots, `${name}-${width}.png`), fullPage: true });
      assert.equal(overflow, 0, `the page scrolls sideways at ${width}`);
      if (width === 768) continue;
      const { violations } = await page.evaluate(`${axe}; axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] })`);
      // govuk-frontend tells by aria-expanded what a radio reveals; assistive technology takes it, axe's table does not.
      const found = violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target}`))
        .filter((text) => text !== "aria-allowed-attr: #gallery_reach");
      assert.deepEqual(found, [], `at ${width}`);
    }
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
}

test("in forced colours danger and lateness keep their words and their shape", async () => {
  const page = await open("queue-under-pressure", { forcedColors: "active" });
  if (shots) await page.screenshot({ path: join(shots, "forced-colours.png"), fullPage: true });
  const marks = await page.locator(".kith-danger, .kith-clock").evaluateAll((all) => all.map((mark) => {
    const style = getComputedStyle(mark);
    return { words: mark.textContent.trim(), border: parseFloat(style.borderTopWidth) > 0 };
  }));
  assert.equal(marks.length >= 4, true, `${marks.length} marks`);
  for (const mark of marks) assert.equal(mark.words.length > 0 && mark.border, true, JSON.stringify(mark));
  await page.context().close();
});

test("without script every field is there", async () => {
  const page = await open("call", { javaScriptEnabled: false });
  assert.equal(await page.locator("textarea:visible, input[type=text]:visible").count() >= 5, true);
  await page.context().close();
});

test("the page saves what changed, with its token, and says so", async () => {
  saves.length = 0;
  const page = await open("call");
  await page.locator("#call_words").fill("Lads on mopeds");
  await page.locator("#where").fill("Hoad Lane");
  await page.waitForFunction(() => document.querySelector('[data-kith="saved"]').textContent.startsWith("Saved"));
  const sent = Object.assign({}, ...saves);
  assert.equal(sent.call_words, "Lads on mopeds");
  assert.equal(sent.where, "Hoad Lane");
  assert.equal(sent.form_token, "token");
  assert.equal("age" in sent, false);
  await page.context().close();
});

test("what could not be saved is said, tried again and not lost", async () => {
  saves.length = 0;
  saveStatus = 503;
  const page = await open("call");
  await page.locator("#where").fill("Hoad Lane");
  await page.waitForSelector('[data-kith="saved"][data-state="offline"]');
  saveStatus = 204;
  await page.waitForSelector('[data-kith="saved"][data-state="saved"]', { timeout: 15000 });
  assert.equal(saves.at(-1).where, "Hoad Lane");
  await page.context().close();
});

test("Alt and a digit goes to its field, unless keys are switched off", async () => {
  const page = await open("call");
  await page.keyboard.press("Alt+Digit4");
  assert.equal(await page.evaluate(() => document.activeElement.id), "where");
  await page.keyboard.press("Alt+Digit2");
  assert.equal(await page.evaluate(() => document.activeElement.type), "radio");
  await page.context().close();

  const off = await open("call", {}, (html) => html.replace('data-keys="on"', 'data-keys="off"'));
  const before = await off.evaluate(() => document.activeElement.id);
  await off.keyboard.press("Alt+Digit4");
  assert.equal(await off.evaluate(() => document.activeElement.id), before);
  await off.context().close();
});

test("the button to hand over stays in sight and covers no field", async () => {
  for (const width of [320, 768, 901, 1280]) {
    const page = await open("call", { viewport: { width, height: 600 } });
    for (const field of await page.locator("main input:visible, main textarea").all()) {
      await field.focus();
      const { covered, inSight } = await field.evaluate((element) => {
        const bar = document.querySelector(".kith-stick").getBoundingClientRect();
        const box = element.getBoundingClientRect();
        return {
          covered: box.bottom > bar.top && box.top < bar.bottom && box.right > bar.left && box.left < bar.right,
          inSight: bar.top >= 0 && bar.bottom <= window.innerHeight,
        };
      });
      assert.equal(covered, false, `${await field.getAttribute("name")} at ${width}`);
      if (width > 900) assert.equal(inSight, true, `${await field.getAttribute("name")} at ${width}`);
    }
    await page.context().close();
  }
});

test("Ctrl and Enter hands over, once", async () => {
  const page = await open("call");
  let sent = 0;
  await page.route("**/hand-over", (route) => { sent += 1; return route.fulfill({ status: 204, body: "" }); });
  await page.locator("#where").fill("Hoad Lane");
  await page.keyboard.press("Control+Enter");
  await page.waitForTimeout(300);
  assert.equal(sent, 1);
  await page.context().close();
});

test("leaving quickly goes to the neutral page and takes this page's place in the history", async () => {
  for (const leave of [(page) => page.click('[data-kith="exit"]'), async (page) => {
    for (let i = 0; i < 3; i++) await page.keyboard.press("Shift");
  }]) {
    const page = await open("report");
    await page.context().route(/^https:/, (route) => route.fulfill({ contentType: "text/html", body: "<title>Weather</title>" }));
    const before = await page.evaluate(() => history.length);
    await leave(page);
    await page.waitForURL(/^https:/);
    assert.equal(await page.title(), "Weather");
    assert.equal(await page.evaluate(() => history.length), before);
    await page.context().close();
  }
});

test("typing capital letters does not leave the page", async () => {
  const page = await open("report");
  for (const letter of "ABCDE") await page.keyboard.press(`Shift+${letter}`);
  assert.equal(page.url().startsWith(origin), true);
  await page.context().close();
});

test("on paper there is no bar, button or navigation", async () => {
  const page = await open("call");
  await page.emulateMedia({ media: "print" });
  for (const gone of [".kith-stick", ".kith-navigation", ".govuk-button"]) {
    assert.equal(await page.locator(gone).first().isVisible(), false, gone);
  }
  await page.context().close();
});

let failures = 0;
for (const [claim, run] of tests) {
  try {
    await run();
  } catch (error) {
    failures += 1;
    console.error(`FAILED: ${claim}\n${error.message}\n`);
  }
}
await browser.close();
server.close();
console.log(`${tests.length - failures} of ${tests.length} hold`);
process.exitCode = failures ? 1 : 0;
