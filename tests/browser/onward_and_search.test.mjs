// A worry that belongs to another area, told to it until it confirms; the designated officer; a reply afterwards; a motive;
// and finding a worry again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clause, openBrowser, startServer, visit } from './harness.mjs';
import { signIn } from './people.mjs';

let server, browser, jo;
before(async () => {
  server = await startServer({ args: ['--worries', '6', '--seed', '7'] });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const CALLER = 'Ottoline Nobody';

/** A call with a name, handed over; answers the address of its page. */
async function ring(words, options = {}) {
  const taker = await visit(browser, server.origin, { name: 'call taker', script: false });
  await signIn(taker, options.taker ?? 'Sam Oduya', '/calls/new');
  await taker.page.locator('#what_seen').fill(words);
  await taker.page.locator('#where_seen').fill('The old brickworks');
  await taker.page.locator('#worry').fill('My neighbour hits him');
  await taker.page.locator('#reporter_name').fill(CALLER);
  await taker.page.locator('#reporter_telephone').fill('01632 960333');
  if (options.works) await taker.page.locator('input[name=works_with_children][value=yes]').check();
  await taker.page.getByRole('button', { name: /^Hand/ }).click();
  await taker.page.waitForSelector('#return-code');
  const reference = (await taker.text()).match(/W-[0-9A-Z]{5}/)[0];
  await taker.close();
  return reference;
}

async function openAtDesk(visitor, reference, list = 'waiting') {
  await visitor.go(`/queue?list=${list}`);
  const line = visitor.page.locator('.kith-queue__item', { hasText: reference });
  await visitor.go(await line.locator('.kith-queue__title a').getAttribute('href'));
}

test('a worry of another area is judged here, told there, and stays until they confirm', async () => {
  clause('PLY-015');
  const reference = await ring('A boy sleeps in the kiln every night this week.');
  jo = await visit(browser, server.origin, { name: 'Jo' });
  await signIn(jo, 'Jo Marsh');
  await openAtDesk(jo, reference);
  await jo.page.getByLabel('Act', { exact: true }).check();
  await jo.page.getByLabel('Another area', { exact: true }).check();
  await jo.page.locator('[name=reasons]').fill('He lives in Exampleshire.');
  await jo.look('another-area-decide');
  await jo.press('Decide, and ring them');
  assert.equal(jo.status, 422);
  assert.match(await jo.page.locator('.govuk-error-summary').innerText(), /Name the area it goes to[^]*Say whether a child is in danger now/);
  await jo.page.locator('[name=area]').fill('Exampleshire');
  await jo.page.locator('input[name=judged][value=no_danger]').check();
  await jo.press('Decide, and ring them');
  await openAtDesk(jo, reference, 'told_on');
  assert.match(await jo.text(), /Exampleshire: not rung yet, not written to yet, not confirmed yet/);
  await jo.look('another-area-concern');
  await jo.press('Record what was told, and to whom');
  await jo.lookAtWidths('another-area');
  await jo.press('Record that they were told');
  assert.equal(jo.status, 422);
  assert.match(await jo.page.locator('.govuk-error-summary').innerText(), /Say whom you spoke to/);
  await jo.fill({ 'Whom did you speak to?': 'Ann at their duty desk', 'On which number, or how?': '01632 960777' });
  await jo.press('Record that they were told');
  assert.match(await jo.text(), /Told by telephone/);
});

test('the notice to another area shows once, and leaves out who told and what is marked', async () => {
  clause('PLY-015');
  const page = jo.page.url();
  await jo.go(new URL(page).pathname.replace(/\/onward.*/, '/marks'));
  await jo.page.locator('[name=mark_field]').selectOption('worry');
  await jo.page.locator('[name=mark_words]').fill('My neighbour');
  await jo.press('Mark them');
  await jo.go(new URL(page).pathname);
  await jo.press('Make the notice and record it');
  assert.equal(jo.status, 422);
  assert.match(await jo.page.locator('.govuk-error-summary').innerText(), /Choose whether who told us goes with it/);
  await jo.page.locator('input[name=contact_goes][value=danger_requires]').check();
  await jo.page.locator('[name=contact_why]').fill('They must be rung.');
  await jo.fill({ 'To whom is it sent?': 'Duty desk', 'How is it sent?': 'Secure mail' });
  await jo.press('Make the notice and record it');
  assert.equal(jo.status, 422);
  assert.match(await jo.page.locator('.govuk-error-summary').innerText(), /Only where danger is marked/);
  await jo.page.locator('input[name=contact_goes][value=left_out]').check();
  await jo.press('Make the notice and record it');
  assert.equal(jo.status, 200);
  const notice = await jo.page.locator('.kith-notice').innerText();
  assert.match(notice, /A boy sleeps in the kiln/);
  assert.match(notice, /\[…\] hits him/);
  assert.ok(!notice.includes(CALLER) && !notice.includes('960333'));
  await jo.lookAtWidths('area-notice');
  await jo.page.emulateMedia({ media: 'print' });
  await jo.look('area-notice-print');
  assert.equal(await jo.page.locator('.kith-screen-only').first().isVisible(), false);
  await jo.page.emulateMedia({ media: 'screen' });
  await jo.press('Back to the hand-over');
  await jo.page.locator('[name=contact_goes][value=they_agree]').check();
  await jo.page.locator('[name=contact_why]').fill('They said so on the telephone at ten.');
  await jo.fill({ 'To whom is it sent?': 'Duty desk', 'How is it sent?': 'Secure mail' });
  await jo.press('Make the notice and record it');
  assert.match(await jo.page.locator('.kith-notice').innerText(), new RegExp(CALLER));
  await jo.press('Back to the hand-over');
  await jo.fill({ 'Who confirms?': 'Bob, their manager' });
  await jo.press('Record their confirmation');
  assert.match(await jo.text(), /Nothing more is owed here/);
  await jo.look('another-area-done');
});

test('a decision made without a reply is answered in writing later', async () => {
  clause('PLY-023');
  await jo.go(new URL(jo.page.url()).pathname.replace(/\/onward.*/, ''));
  assert.match(await jo.text(), /Decided, and not answered yet/);
  await jo.page.getByText('Change the words', { exact: true }).click();
  await jo.page.locator('[name=reply]').fill(`Dear ${CALLER}, we shall see.`);
  await jo.press('Send this reply');
  assert.equal(jo.status, 422);
  assert.match(await jo.page.locator('.govuk-error-summary').innerText(), /would show who told/);
  await jo.look('answer-afterwards');
  await jo.page.locator('[name=reply]').fill('Thank you. We cannot say more.');
  await jo.press('Send this reply');
  assert.match(await jo.text(), /Answered\. The reporter can read your reply/);
  await jo.page.getByText('Note why they may have told', { exact: true }).click();
  await jo.page.locator('[name=motive]').fill('A quarrel about a fence.');
  await jo.press('Note it');
  assert.equal(jo.status, 422);
  await jo.page.locator('[name=motive_why]').fill('They said so.');
  await jo.press('Note it');
  assert.match(await jo.text(), /Noted\. It changes nothing else/);
  assert.match(await jo.text(), /A quarrel about a fence/);
});

test('someone who works with children is told of to the designated officer', async () => {
  const reference = await ring('The coach takes one of them home alone.', { works: true, taker: 'Lena Fisk' });
  await openAtDesk(jo, reference, 'told_on');
  assert.match(await jo.text(), /Designated officer \(LADO\): not told yet/);
  await jo.press('Record what was told, and to whom');
  assert.match(await jo.text(), /01632 960/);
  await jo.lookAtWidths('designated-officer');
  await jo.fill({ 'Whom did you speak to?': 'Ms Example', 'On which number, or how?': 'The number above' });
  await jo.press('Record that they were told');
  assert.match(await jo.text(), /Nothing more is owed here/);
});

test('a worry is found again by its words, which stand in no address', async () => {
  clause('HAC-023', 'HAC-014');
  await jo.press('Search');
  await jo.press('Search', { exact: true });
  await jo.look('search');
  await jo.page.locator('#search_words').fill('KILN boy');
  await jo.page.getByRole('button', { name: 'Search' }).click();
  await jo.page.waitForLoadState('load');
  await jo.lookOver();
  assert.match(await jo.text(), /One worry/);
  assert.match(await jo.text(), /Found in: What was seen/);
  assert.equal(new URL(jo.page.url()).search, '');
  await jo.lookAtWidths('search-found');
  await jo.page.locator('#search_part').selectOption('where');
  await jo.page.getByRole('button', { name: 'Search' }).click();
  await jo.page.waitForLoadState('load');
  assert.match(await jo.text(), /Nothing found/);
  await jo.close();

  const sam = await visit(browser, server.origin, { name: 'Lena', script: false, width: 320 });
  await signIn(sam, 'Lena Fisk', '/search');
  await sam.page.locator('#search_words').fill('brickworks');
  await sam.page.getByRole('button', { name: 'Search' }).click();
  await sam.page.waitForLoadState('load');
  await sam.lookOver();
  assert.match(await sam.text(), /2 worries/);
  await sam.look('search-found');
  await sam.close();
});
