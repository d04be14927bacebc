// What every browser test stands on. A Visitor is one person with one browser: each page they come to is looked over
// before the test goes on. It fails on an accessibility breach (axe), a console error, a request that leaves the origin,
// a script of the page that throws, an answer of 500 or more, a page wider than its screen, and a page of a demonstration
// that does not say so.
//
//   const server = await startServer();          // the real program over a fresh demonstration
//   const browser = await openBrowser();
//   const visitor = await visit(browser, server.origin, { width: 320, script: false });
//   await visitor.go('/');
//   await visitor.press('Continue');             // a button or link, by its words
//   await visitor.look('report-start');          // build/screenshots/report-start-320-noscript.png
//
// A test says which clauses it proves: clause('PLY-023').
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const axe = require('axe-core');

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const widths = [320, 768, 1280];
const heights = { 320: 640, 768: 1024, 1280: 900 };
const screenshots = join(root, 'build', 'screenshots');

/** Cites the clauses that the test around it proves; script/check_clauses.py reads the source. */
export function clause(...ids) {
  for (const id of ids) assert.match(id, /^(PLY|HAC|SCH|C2C|WAR)-\d{3}$/);
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * The real program on a free port of loopback, over a demonstration of its own unless `data` names one.
 * `output` is all that it has printed: its sign-ins among it. `stop()` ends it and answers its exit status;
 * `kill()` ends it as a power cut would; `start()` again serves the same folder on the same port.
 */
export async function startServer({ data, args = [], binary = process.env.KITH_BINARY, env = {} } = {}) {
  binary ??= join(root, 'build', 'dev', 'src', 'kith');
  assert.ok(existsSync(binary), `no program at ${binary}: build it, or name it in KITH_BINARY`);
  const port = await freePort();
  const own = data ? null : mkdtempSync(join(tmpdir(), 'kith-browser-'));
  const server = { origin: `http://127.0.0.1:${port}`, port, data: data ?? join(own, 'demo'), output: '', process: null };
  demonstrations.add(server.origin);
  const leave = () => server.process?.kill('SIGKILL');

  server.start = async () => {
    const child = spawn(binary, ['demo', '--data', server.data, '--port', String(port), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env },
    });
    server.process = child;
    server.ended = new Promise((resolve) => child.once('exit', (status, signal) => resolve(signal ?? status)));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => { server.output += text; });
    }
    let over = null;
    server.ended.then((status) => { over = status; });
    const deadline = Date.now() + 60_000;
    while (Date.now() < deadline && over === null) {
      const answered = await fetch(server.origin, { redirect: 'manual' }).then(() => true, () => false);
      if (answered) return server;
      await pause(100);
    }
    leave();
    await server.ended;
    if (own) rmSync(own, { recursive: true, force: true });
    process.off('exit', leave);
    throw new Error(`the server did not answer on ${server.origin} (${over ?? 'still starting'}):\n${server.output}`);
  };
  server.kill = async () => { leave(); await server.ended; };
  server.stop = async () => {
    server.process.kill('SIGTERM');
    const status = await Promise.race([server.ended, pause(20_000).then(() => 'still running')]);
    leave();
    await server.ended;
    if (own) rmSync(own, { recursive: true, force: true });
    process.off('exit', leave);
    return status;
  };
  process.on('exit', leave);
  return server.start();
}

/** Debian's own browser. It can reach nothing but loopback, whatever a page asks of it. */
export function openBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-dev-shm-usage', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  });
}

const lookedOver = new Set();
/** Origins whose every page has to say that it is a demonstration. */
const demonstrations = new Set();

export class Visitor {
  constructor(context, page, origin, { width, script, name }) {
    Object.assign(this, { context, page, origin, width, script, name, troubles: [], status: 0 });
    this.watch(page);
  }

  /** Gathers troubles of a page; also to be called on a second tab. */
  watch(page) {
    const trouble = (text) => this.troubles.push(`${text} (on ${page.url()})`);
    page.on('console', (message) => {
      if (message.type() !== 'error') return;
      // A page that refuses a form answers 4xx and the browser calls that an error: only of the document itself.
      const ofDocument = message.location().url === page.url() && /status of 4\d\d/.test(message.text());
      if (!ofDocument && !this.leaving) trouble(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => trouble(`script: ${error.message}`));
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (['data:', 'blob:', 'about:'].includes(url.protocol)) return;
      if (url.origin !== this.origin) trouble(`left the origin for ${url.origin}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 500) trouble(`${response.status()} for ${response.url()}`);
      if (response.request().isNavigationRequest() && response.frame() === page.mainFrame()) this.status = response.status();
    });
  }

  async go(path) {
    await this.page.goto(new URL(path, this.origin).href, { waitUntil: 'load' });
    return this.lookOver();
  }

  /** Presses the button or link with these words, waits for where it leads, and looks that page over. */
  async press(words, { exact = true } = {}) {
    const target = this.page.getByRole('button', { name: words, exact })
      .or(this.page.getByRole('link', { name: words, exact })).first();
    await Promise.all([this.page.waitForEvent('framenavigated', { timeout: 10_000 }), target.click()]);
    await this.page.waitForLoadState('load');
    return this.lookOver();
  }

  /** Fills fields by their labels. */
  async fill(fields) {
    for (const [label, value] of Object.entries(fields)) await this.page.getByLabel(label, { exact: true }).fill(value);
  }

  async choose(...labels) {
    for (const label of labels) await this.page.getByLabel(label, { exact: true }).check();
  }

  text() { return this.page.locator('body').innerText(); }

  /** Every trouble so far, and those of the page as it now stands, fail the test here. */
  async lookOver() {
    const wide = await this.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wide > 0) this.troubles.push(`is ${wide} pixels wider than a ${this.width}-pixel screen (${this.page.url()})`);
    const html = await this.page.content();
    const seen = createHash('sha256').update(`${this.width} ${html}`).digest('hex');
    if (!lookedOver.has(seen)) {
      const breaches = await this.breaches();
      if (breaches.length === 0) lookedOver.add(seen);
      this.troubles.push(...breaches);
    }
    if (demonstrations.has(this.origin) && await this.page.locator('.kith-demonstration').count() !== 1) {
      this.troubles.push(`does not say that this is a demonstration (${this.page.url()})`);
    }
    this.expectNoTrouble();
    return this;
  }

  /** Accessibility breaches of WCAG 2.2 AA and best practice. Evaluated from outside, so no content policy is loosened. */
  async breaches() {
    const page = this.script ? this.page : await this.copyWithScript();
    await page.evaluate(axe.source);
    const found = await page.evaluate(() => window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'],
    }));
    if (page !== this.page) await page.context().close();
    // govuk-frontend tells by aria-expanded what a radio reveals; assistive technology takes it, axe's table does not.
    const revealing = (node) => /<input[^>]*type="radio"[^>]*aria-expanded=/.test(node.html);
    const real = found.violations.filter((breach) => breach.id !== 'aria-allowed-attr' || !breach.nodes.every(revealing));
    return real.map((breach) => `axe ${breach.id}: ${breach.help}, at `
      + `${breach.nodes.slice(0, 3).map((node) => node.target.join(' ')).join('; ')} (on ${this.page.url()})`);
  }

  /** axe needs script. So a page seen without it is looked over as a copy: what stands there now, without its scripts. */
  async copyWithScript() {
    const html = (await this.page.content()).replace(/<script\b[^>]*>.*?<\/script>/gs, '').replace(/<(\/?)noscript\b/g, '<$1div');
    const context = await this.context.browser().newContext({ viewport: this.page.viewportSize(), reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.route(this.page.url(), (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
    await page.goto(this.page.url(), { waitUntil: 'load' });
    return page;
  }

  expectNoTrouble() {
    const found = this.troubles.splice(0);
    assert.deepEqual(found, [], `${this.name}: ${found.length} troubles`);
  }

  /** A picture of the whole page, for eyes: build/screenshots/NAME-WIDTH[-noscript].png. */
  async look(name) {
    mkdirSync(screenshots, { recursive: true });
    const path = join(screenshots, `${name}-${this.width}${this.script ? '' : '-noscript'}.png`);
    await this.page.screenshot({ path, fullPage: true });
    return path;
  }

  /** The same page at every width, looked over and pictured at each. */
  async lookAtWidths(name, at = widths) {
    const before = this.width;
    for (const width of at) {
      await this.resize(width);
      await this.lookOver();
      await this.look(name);
    }
    await this.resize(before);
  }

  async resize(width) {
    this.width = width;
    await this.page.setViewportSize({ width, height: heights[width] ?? 900 });
  }

  async close() {
    this.leaving = true;
    await this.context.close();
    this.expectNoTrouble();
  }
}

/** A person with a browser of their own. */
export async function visit(browser, origin, { width = 1280, script = true, name = 'visitor', ...rest } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: heights[width] ?? 900 }, javaScriptEnabled: script, locale: 'en-GB',
    timezoneId: 'Europe/London', reducedMotion: 'reduce', ...rest,
  });
  context.setDefaultTimeout(10_000);
  return new Visitor(context, await context.newPage(), origin, { width, script, name });
}
