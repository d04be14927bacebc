// A call is taken with the keyboard alone, and nothing that was said is lost: not by a closed window, not by a power cut.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clause, openBrowser, pause, startServer, visit } from './harness.mjs';
import { signIn } from './people.mjs';

const PER_LETTER = 25;
const SEEN = 'Lads on mopeds outside the chicken shop on the steps, same ones as last month. A girl they call Peaches goes off with them and comes back upset.';
let server, browser;

before(async () => {
  server = await startServer({ args: ['--worries', '6', '--seed', '7'] });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const saved = (page) => page.locator('[data-kith="saved"][data-state="saved"]').waitFor();
const onCall = async (visitor) => {
  await visitor.page.waitForURL(/\/calls\/[0-9A-Z]{26}$/);
  await saved(visitor.page);
};

test('a call is recorded and handed over with the keyboard alone, in under two minutes', async () => {
  clause('PLY-018', 'PLY-020', 'PLY-021');
  const visitor = await visit(browser, server.origin, { name: 'Sam' });
  await signIn(visitor, 'Sam Oduya', '/calls/new');
  const { keyboard } = visitor.page;
  const began = Date.now();
  const type = (text) => keyboard.type(text, { delay: PER_LETTER });
  assert.equal(await visitor.page.evaluate(() => document.activeElement.id), 'what_seen');
  await type(SEEN);
  await keyboard.press('Alt+2');
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowDown');
  assert.equal(await visitor.page.locator('[name=subject]:checked').inputValue(), 'group');
  await keyboard.press('Alt+3');
  await keyboard.press('Tab');
  await type('Peaches');
  await keyboard.press('Tab');
  await type('about 14');
  await keyboard.press('Alt+4');
  await type('steps by the chicken shop, Hoad Lane');
  await keyboard.press('Alt+5');
  await type('most Fridays, after 15:30');
  await keyboard.press('Alt+8');
  await type('01632 960123');
  await onCall(visitor);
  assert.match(await visitor.page.locator('#call-known').innerText(), /Where\s*\(answered\)/);
  await visitor.lookAtWidths('call');
  await keyboard.press('Control+Enter');
  await visitor.page.waitForSelector('#return-code');
  assert.ok(Date.now() - began < 120_000, `took ${Date.now() - began} ms`);
  assert.match(await visitor.page.locator('#return-code').innerText(), /^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$/);
  await visitor.lookOver();
  await visitor.close();
});

test('a closed window and a power cut lose nothing, and a change of kind keeps every word', async () => {
  const visitor = await visit(browser, server.origin, { name: 'Lena' });
  await signIn(visitor, 'Lena Fisk', '/calls/new');
  await visitor.page.locator('#where_seen').fill('the underpass');
  await visitor.page.locator('#what_seen').fill(SEEN);
  await visitor.page.locator('input[value=group]').check();
  await visitor.page.getByLabel('Who leads', { exact: true }).fill('the tall one');
  await visitor.page.locator('input[value=child]').check();
  assert.equal(await visitor.page.getByLabel('Who leads', { exact: true }).isVisible(), false);
  await visitor.page.locator('#reporter_telephone').fill('01632 960321');
  await visitor.page.locator('#must_not_see').fill('Nobody Here');
  await visitor.page.locator('#must_not_see').blur();
  await onCall(visitor);
  const at = new URL(visitor.page.url()).pathname;
  const expectAll = async () => {
    assert.equal(await visitor.page.locator('#what_seen').inputValue(), SEEN);
    assert.equal(await visitor.page.locator('#who_leads').inputValue(), 'the tall one');
    assert.equal(await visitor.page.locator('#reporter_telephone').inputValue(), '01632 960321');
    assert.equal(await visitor.page.locator('#must_not_see').inputValue(), 'Nobody Here');
    assert.equal(await visitor.page.locator('[name=subject]:checked').inputValue(), 'child');
  };
  await visitor.page.close({ runBeforeUnload: false });
  visitor.page = await visitor.context.newPage();
  visitor.watch(visitor.page);
  await visitor.go(at);
  await expectAll();

  await server.kill();
  await server.start();
  await signIn(visitor, 'Lena Fisk', at);
  await expectAll();
  await visitor.close();
});

test('a hand-over is taken back within ten seconds, and afterwards not', async () => {
  const visitor = await visit(browser, server.origin, { name: 'Sam' });
  await signIn(visitor, 'Sam Oduya', '/calls/new');
  await visitor.page.locator('#what_seen').fill(SEEN);
  await visitor.page.locator('#reporter_name').fill('Ann Example');
  await visitor.page.locator('#reporter_name').blur();
  await onCall(visitor);
  await visitor.page.keyboard.press('Control+Enter');
  await visitor.page.waitForSelector('#return-code');
  await visitor.lookAtWidths('call-handed-over');
  await visitor.page.getByRole('button', { name: /Take it back/ }).click();
  await visitor.page.waitForURL(/\/calls\/[0-9A-Z]{26}$/);
  assert.equal(await visitor.page.locator('#reporter_name').inputValue(), 'Ann Example');
  await visitor.page.locator('#what_seen').focus();
  await visitor.page.keyboard.press('Control+Enter');
  await visitor.page.waitForSelector('#return-code');
  await pause(10_500);
  assert.equal(await visitor.page.getByRole('button', { name: /Take it back/ }).count(), 0);
  assert.equal((await visitor.page.content()).includes('Ann Example'), false, 'the caller is gone from the page');
  await visitor.close();
});

test('without script a call is saved by its button and handed over', async () => {
  const visitor = await visit(browser, server.origin, { name: 'Lena', script: false, width: 320 });
  await signIn(visitor, 'Lena Fisk', '/calls/new');
  await visitor.lookOver();
  await visitor.page.locator('#what_seen').fill('I hear crying through the wall');
  await visitor.press('Save');
  assert.match(visitor.page.url(), /\/calls\/[0-9A-Z]{26}$/);
  assert.equal(await visitor.page.locator('#what_seen').inputValue(), 'I hear crying through the wall');
  await visitor.page.getByRole('button', { name: /^Hand/ }).click();
  await visitor.page.waitForSelector('#return-code');
  await visitor.lookOver();
  await visitor.close();
});

test('a call without a word is not begun, and says so', async () => {
  const visitor = await visit(browser, server.origin, { name: 'Sam', script: false });
  await signIn(visitor, 'Sam Oduya', '/calls/new');
  await visitor.press('Save');
  assert.equal(visitor.status, 422);
  assert.match(await visitor.text(), /Write at least a few of the caller/);
  await visitor.close();
});
