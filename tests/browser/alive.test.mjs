// What a front door does by itself: the queue follows, the manager on duty is written to by a real SMTP server, and a
// stored row that no longer opens is refused and shown while the rest goes on.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { SMTPServer } from 'smtp-server';
import { freePort, openBrowser, pause, startServer, visit } from './harness.mjs';
import { signIn } from './people.mjs';

const words = 'Lads on mopeds circle the girls by the bandstand.';
const letters = [];
let post, server, browser;

before(async () => {
  post = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], logger: false,
    onData(stream, session, done) {
      let text = '';
      stream.setEncoding('utf8').on('data', (piece) => { text += piece; });
      stream.on('end', () => { letters.push({ to: session.envelope.rcptTo.map((one) => one.address), text }); done(); });
    },
  });
  const port = await freePort();
  await new Promise((resolve) => { post.listen(port, '127.0.0.1', resolve); });
  server = await startServer({ args: ['--seed', '11', '--worries', '12', '--smtp', `smtp://127.0.0.1:${port}`] });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await new Promise((resolve) => { post.close(resolve); });
});

async function until(what, holds) {
  for (let n = 0; n < 100; n += 1) {
    if (await holds()) return;
    await pause(150);
  }
  assert.fail(`never came: ${what}`);
}

async function tell() {
  const visitor = await visit(browser, server.origin, { name: 'somebody who noticed' });
  await visitor.go('/');
  await visitor.page.goto(await visitor.page.locator('a[href^="/at/plymouth"]').first().evaluate((link) => link.href));
  await visitor.press('A group of young people');
  const answers = { danger: 'no', what_seen: words, where_seen: 'Bandstand, Carrow Park', worry: 'That one is forced.' };
  for (let n = 0; n < 30 && await visitor.page.locator('.kith-code').count() === 0; n += 1) {
    for (const [name, value] of Object.entries(answers)) {
      const radio = visitor.page.locator(`input[type=radio][name="${name}"][value="${value}"]`);
      const box = visitor.page.locator(`textarea[name="${name}"], input[type=text][name="${name}"]`).first();
      if (await radio.count()) await radio.check();
      else if (await box.count()) await box.fill(value);
    }
    const send = visitor.page.getByRole('button', { name: 'Send', exact: true });
    await visitor.press(await send.count() ? 'Send' : 'Continue');
  }
  assert.equal(await visitor.page.locator('.kith-code').count(), 1);
  await visitor.close();
}

test('a worry comes into an open queue by itself, is said to those who hear the page, and the manager is written to', async () => {
  const jo = await signIn(await visit(browser, server.origin, { name: 'Jo Marsh' }), 'Jo Marsh');
  const items = () => jo.page.locator('.kith-queue__item').count();
  const before = await items();
  await jo.page.evaluate(() => { window.sameDocument = true; });
  letters.length = 0;
  await tell();
  await until('the worry in the queue', async () => await items() === before + 1);
  assert.equal(await jo.page.evaluate(() => window.sameDocument), true, 'without loading the page again');
  assert.match(await jo.page.locator('[aria-live], [role=status]').allInnerTexts().then((all) => all.join(' ')), /waiting/);
  await jo.lookOver();

  const having = [...(await jo.text()).matchAll(/with (\w+) (\w+)/g)].map(([, first, last]) => `${first}.${last}@demo.example`.toLowerCase());
  assert.ok(having.length > 0);
  const toThem = () => letters.find((letter) => letter.to.some((one) => having.includes(one)) && /^Subject: Kith: something waits for you\r?$/m.test(letter.text));
  await until('the letter to the manager who has it', toThem);
  for (const letter of letters) {
    assert.ok(letter.to.every((address) => address.endsWith('@demo.example')), 'staff alone are written to');
    for (const secret of [words, 'Bandstand', 'moped', 'Carrow', 'forced']) assert.doesNotMatch(letter.text, new RegExp(secret, 'i'));
  }
  await jo.close();
});

test('a row that does not open is refused, shown to administrators, and the rest goes on', async () => {
  server.process.kill('SIGTERM');
  await server.ended;
  const database = join(server.data, 'kith.db');
  const sql = (text) => execFileSync('sqlite3', [database, text], { encoding: 'utf8' }).trim();
  const row = sql("SELECT concern_row FROM concerns WHERE stage = 'waiting' AND front_door_id = (SELECT front_door_id FROM concerns ORDER BY concern_row DESC LIMIT 1) LIMIT 1");
  assert.match(row, /^\d+$/);
  sql(`UPDATE concerns SET sealed_account = CAST(substr(sealed_account, 1, length(sealed_account) - 1) || x'00' AS BLOB) WHERE concern_row = ${row}`);
  await server.start();

  const jo = await signIn(await visit(browser, server.origin, { name: 'Jo Marsh' }), 'Jo Marsh');
  const broken = jo.page.locator('.kith-queue__item', { hasText: 'A worry that cannot be opened' });
  assert.equal(await broken.count(), 1);
  assert.ok(await jo.page.locator('.kith-queue__item').count() > 1, 'the rest goes on');
  await jo.look('queue-with-unreadable');
  await broken.locator('.kith-queue__title a').click();
  await jo.page.waitForLoadState('load');
  assert.match(await jo.text(), /This worry cannot be opened/);
  await jo.lookAtWidths('unreadable');
  await jo.close();

  const pat = await signIn(await visit(browser, server.origin, { name: 'Pat Lindqvist' }), 'Pat Lindqvist', '/ledger');
  assert.match(await pat.text(), /does not open/);
  await pat.close();
});
