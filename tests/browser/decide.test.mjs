// The manager's day: the queue, one worry, deciding and replying, asking for more, ringing back, two managers at once,
// a colleague who may not decide, and the pages of a desk without script.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clause, openBrowser, startServer } from './harness.mjs';
import { signedIn } from './people.mjs';

let server, browser;
before(async () => {
  server = await startServer({ args: ['--seed', '7', '--worries', '40'] });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const signIn = (who, options) => signedIn(browser, server, who, options);

/** The addresses of the waiting worries whose button says so, in the order of the list. */
const waiting = (visitor, action = 'Decide') => visitor.page.locator('.kith-queue__item')
  .filter({ has: visitor.page.locator('.kith-queue__act', { hasText: action }) })
  .locator('.kith-queue__title a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));

const calm = (visitor) => visitor.page.locator('.kith-queue__item:not(:has(.kith-danger)) .kith-queue__title a')
  .evaluateAll((links) => links.map((link) => link.getAttribute('href')));

async function decide(visitor, fields) {
  await visitor.page.getByLabel(fields.decision, { exact: true }).check();
  for (const action of fields.actions ?? []) await visitor.page.getByLabel(action, { exact: true }).check();
  await visitor.page.locator('[name=reasons]').fill(fields.reasons);
  const late = visitor.page.locator('.kith-deciding [name=late_reason]');
  if (await late.count()) await late.fill('Two worries came at once.');
}

let jo, amir;

test('signing in leads a manager to the queue, danger first and the late unmistakable', async () => {
  clause('PLY-023');
  jo = await signIn('jo.marsh@demo.example');
  assert.equal(new URL(jo.page.url()).pathname, '/queue');
  const marks = await jo.page.locator('.kith-queue__item').evaluateAll((items) => items.map((item) => Boolean(item.querySelector('.kith-danger'))));
  assert.ok(marks.length > 0);
  assert.deepEqual(marks, [...marks].sort((a, b) => Number(b) - Number(a)), 'danger stands first');
  assert.match(await jo.text(), /Up to date at \d{1,2}:\d\d:\d\d/);
  assert.doesNotMatch(await jo.text(), /stakeholder|guardian|neighbour/i, 'no kind of reporter in a list');
  await jo.lookAtWidths('queue');
  for (const list of ['more_asked', 'form_due', 'answered_today']) await jo.go(`/queue?list=${list}`);
  await jo.look('queue-answered');
});

test('an empty form is refused with every fault at once, and nothing is chosen beforehand', async () => {
  await jo.go('/queue');
  await jo.go((await waiting(jo))[0]);
  assert.equal(await jo.page.locator('input[type=radio]:checked, input[type=checkbox]:checked').count(), 0);
  await jo.lookAtWidths('concern');
  await jo.press('Decide and reply');
  assert.equal(jo.status, 422);
  const summary = await jo.page.locator('.govuk-error-summary').innerText();
  assert.match(summary, /Choose what you decide/);
  assert.match(summary, /Say why/);
  await jo.lookAtWidths('concern-errors');
});

test('act is decided with a reply that stands in the thread', async () => {
  clause('PLY-022');
  await jo.go('/queue');
  await jo.go((await waiting(jo))[0]);
  const self = jo.page.url();
  await decide(jo, { decision: 'Act', actions: ['Assessment'], reasons: 'Meets the threshold.' });
  await jo.look('concern-act');
  await jo.press('Decide and reply');
  assert.equal(jo.status, 200);
  const said = await jo.text();
  assert.match(said, /Decided\. The reporter can read your answer/);
  assert.match(said, /Meets the threshold\./);
  assert.match(said, /Our answer/);
  await jo.lookAtWidths('concern-decided');
  await jo.go('/queue');
  assert.ok(!(await waiting(jo)).includes(new URL(self).pathname));
});

test('no action needs the earlier worries read, and what was typed is kept', async () => {
  await jo.go('/queue');
  await jo.go((await waiting(jo))[0]);
  await decide(jo, { decision: 'No action', reasons: 'One observation, nothing known before.' });
  await jo.press('Decide and reply');
  assert.equal(jo.status, 422);
  assert.match(await jo.page.locator('.govuk-error-summary').innerText(), /looked at what is known already/);
  assert.equal(await jo.page.locator('[name=reasons]').inputValue(), 'One observation, nothing known before.');
  await jo.page.locator('[name=earlier_read]').check();
  await jo.press('Decide and reply');
  assert.match(await jo.text(), /Decided: no action|No action/);
});

test('more is asked of the reporter, unless danger is marked', async () => {
  await jo.go('/queue');
  let may = 0;
  for (const worry of (await calm(jo)).filter(Boolean).reverse()) {
    await jo.go(worry);
    may = await jo.page.getByLabel('Ask for more', { exact: true }).count();
    if (may) break;
  }
  assert.equal(may, 1, 'of one that is calm and waits, more can be asked');
  await jo.page.getByLabel('Ask for more', { exact: true }).check();
  await jo.page.locator('[name=question]').fill('Where is the child now?');
  const soon = new Date(Date.now() + 30 * 60_000).toLocaleTimeString('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit' });
  await jo.page.locator('[name=decide_anyway]').fill(soon);
  await jo.press('Ask them');
  assert.match(await jo.text(), /The hour goes on/);
  assert.match(await jo.text(), /Where is the child now\?/);
  await jo.page.getByText('Mark danger', { exact: true }).click();
  await jo.page.locator('[name=why]').fill('He is outside in the cold.');
  await jo.press('Mark danger now');
  assert.match(await jo.text(), /Danger now/);
  assert.equal(await jo.page.getByLabel('Ask for more', { exact: true }).count(), 0);
});

test('who told is opened for a purpose, on that answer only, and a call is recorded', async () => {
  await jo.go('/queue');
  await jo.go((await waiting(jo))[0]);
  const self = new URL(jo.page.url()).pathname;
  await jo.press('Open how to reach them');
  await jo.press('Open how to reach them');
  assert.equal(jo.status, 422);
  await jo.page.getByLabel('To answer them', { exact: true }).check();
  await jo.press('Open how to reach them');
  assert.match(await jo.text(), /Open now, for you, on this page only/);
  await jo.lookAtWidths('contact');
  await jo.choose('Reached them');
  await jo.page.locator('[name=note]').fill('They will ring if it happens again.');
  const late = jo.page.locator('[name=late_reason]');
  if (await late.count()) await late.fill('Two worries came at once.');
  await jo.press('Record the call');
  assert.match(await jo.text(), /Rang: reached them/);
  await jo.go(`${self}/contact`);
  assert.doesNotMatch(await jo.text(), /Open now, for you/);
});

test('of two managers at once the second is told what was decided, and keeps what they typed', async () => {
  amir = await signIn('amir.shah@demo.example');
  const [href] = await waiting(amir);
  await amir.go(href);
  await jo.go(href);
  await decide(jo, { decision: 'Act', actions: ['Early help'], reasons: 'Jo was first.' });
  await jo.press('Decide and reply');
  await decide(amir, { decision: 'Act', actions: ['Police now'], reasons: 'Amir thought otherwise.' });
  await amir.press('Decide and reply');
  assert.equal(amir.status, 409);
  const said = await amir.text();
  assert.match(said, /Jo Marsh, .+\. Decided: act\./);
  assert.match(said, /Jo was first\./);
  assert.match(said, /Amir thought otherwise\./);
  await amir.lookAtWidths('concern-conflict');
});

test('words that tell who told are marked wherever they stand, and unmarked', async () => {
  await amir.go('/queue');
  const [href] = await waiting(amir);
  await amir.go(`${href}/marks`);
  const word = (await amir.page.locator('.govuk-summary-list__value').first().innerText()).split(' ').slice(0, 3).join(' ');
  await amir.page.locator('[name=mark_words]').fill(word);
  await amir.press('Mark them');
  assert.ok(await amir.page.locator('dd mark').count() > 0);
  await amir.lookAtWidths('marks');
  await amir.go(href);
  assert.match(await amir.page.locator('details', { hasText: 'As others will read it' }).textContent(), /\[…\]/);
  await amir.go(`${href}/marks`);
  await amir.press(`Unmark ${word}`);
  assert.equal(await amir.page.locator('dd mark').count(), 0);
});

test('a duty worker reads, and everything that is not theirs looks like absence', async () => {
  const sam = await signIn('sam.oduya@demo.example', { script: false, width: 320 });
  await sam.look('queue-desk');
  const [href] = await waiting(sam);
  await sam.go(href);
  assert.equal(await sam.page.getByRole('button', { name: 'Decide and reply' }).count(), 0);
  await sam.look('concern-desk');
  await sam.go(`${href}/contact`);
  assert.equal(sam.status, 404);
  await sam.go('/concerns/00000000000000000000000000');
  assert.equal(sam.status, 404);
  await sam.close();
});

test('whoever steps back no longer has the worry', async () => {
  await amir.go('/queue');
  const [href] = await waiting(amir);
  await amir.go(`${href}/step-back`);
  await amir.look('step-back');
  await amir.press('Step back');
  assert.match(await amir.text(), /You stepped back/);
  await amir.go(href);
  assert.equal(amir.status, 404);
  await amir.close();
  await jo.close();
});
