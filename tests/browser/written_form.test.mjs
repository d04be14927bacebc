// The written form after a call: found by code, filled from the call, refused while a part is missing, kept as it is
// answered, sent, and read beside the call at the desk. And one that came on paper.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clause, openBrowser, startServer, visit } from './harness.mjs';
import { signIn } from './people.mjs';

let server, browser;
before(async () => {
  server = await startServer({ args: ['--worries', '6', '--seed', '7'] });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const SEEN = 'He comes to the stall every evening and asks for what is left over.';
const CALLER = 'Ottoline Nobody';

/** A call by a community stakeholder, without a word of what worries them. Answers its code and its page's address. */
async function stakeholderRings(name = 'Sam Oduya') {
  const taker = await visit(browser, server.origin, { name, script: false });
  await signIn(taker, name, '/calls/new');
  await taker.page.locator('#what_seen').fill(SEEN);
  await taker.page.locator('#where_seen').fill('The market, by the fountain');
  await taker.page.locator('#person_name_1').fill('Teo');
  await taker.page.locator('#reporter_name').fill(CALLER);
  await taker.page.locator('#reporter_telephone').fill('01632 960333');
  await taker.page.locator('#category').selectOption('stakeholder');
  await taker.page.getByRole('button', { name: /^Hand/ }).click();
  await taker.page.waitForSelector('#return-code');
  const code = (await taker.page.locator('#return-code').innerText()).trim();
  const said = await taker.text();
  const reference = said.match(/W-[0-9A-Z]{5}/)[0];
  await taker.close();
  return { code, reference };
}

async function comeBack(visitor, code) {
  await visitor.go('/come-back');
  await visitor.page.locator('#code').fill(code);
  await visitor.press('Continue');
}

/** The page of a worry, by its reference, from the list of forms that are due. */
async function openAtDesk(visitor, reference) {
  await visitor.go('/queue?list=form_due');
  const line = visitor.page.locator('.kith-queue__item', { hasText: reference });
  await visitor.go(await line.locator('.kith-queue__title a').getAttribute('href'));
}

for (const { width, script } of [{ width: 1280, script: true }, { width: 320, script: false }]) {
  test(`whoever rang finds the form filled from the call, and cannot send it with a part blank, ${width} pixels`, async () => {
    clause('PLY-024', 'PLY-025');
    const { code, reference } = await stakeholderRings();
    const visitor = await visit(browser, server.origin, { width, script, name: 'Ottoline' });
    await comeBack(visitor, code);
    assert.match(await visitor.text(), /We still need the written form from you by/);
    await visitor.look('form-thread');
    await visitor.press('Fill in the written form');
    const first = await visitor.text();
    assert.ok(first.includes(SEEN), 'filled with what was said');
    assert.match(first, /The market, by the fountain/);
    assert.match(first, /Teo/);
    assert.match(first, /2 parts that we need are still empty/);
    assert.ok(!first.includes(CALLER) && !first.includes('960333'), 'nothing of who told');
    if (script) await visitor.lookAtWidths('form'); else await visitor.look('form');

    await visitor.press('Send the form');
    assert.equal(visitor.status, 422);
    const summary = visitor.page.locator('.govuk-error-summary');
    assert.match(await summary.innerText(), /Choose how you know/);
    for (const link of await summary.locator('a').all()) {
      const target = await link.getAttribute('href');
      assert.equal(await visitor.page.locator(target).count(), 1, `${target} is on the page`);
    }
    assert.ok((await visitor.text()).includes(SEEN), 'all is kept');
    await visitor.look('form-errors');

    await visitor.page.locator('#worry a').click();
    await visitor.page.waitForLoadState('load');
    assert.match(await visitor.text(), /This part is needed/);
    await visitor.page.locator('#worry').fill('Nobody seems to feed him.');
    await visitor.look('form-question');
    await visitor.press('Keep this');
    assert.match(await visitor.text(), /Nobody seems to feed him\./);

    // Another day, another browser: what was kept is there.
    const later = await visit(browser, server.origin, { width, script, name: 'Ottoline, later' });
    await comeBack(later, code);
    await later.press('Fill in the written form');
    assert.match(await later.text(), /Nobody seems to feed him\./);
    assert.match(await later.text(), /One part that we need is still empty/);
    await later.page.locator('#how_known a').click();
    await later.page.waitForLoadState('load');
    await later.page.locator('input[name=how_known][value=saw]').check();
    await later.press('Keep this');
    await later.page.locator('#where_seen a').click();
    await later.page.waitForLoadState('load');
    await later.page.locator('#where_seen').fill('The market, by the bandstand');
    await later.press('Keep this');
    await later.press('Send the form');
    assert.match(await later.text(), /We have your written form/);
    await later.look('form-sent');
    await later.go('/come-back/form');
    assert.equal(new URL(later.page.url()).pathname, '/come-back/read', 'once sent there is no form to fill in');
    assert.ok(!new URL(later.page.url()).search.includes(code.slice(0, 4)));

    const jo = await visit(browser, server.origin, { name: 'Jo' });
    await signIn(jo, 'Jo Marsh');
    await jo.go('/queue?list=form_due');
    assert.match(await jo.page.locator('.kith-queue__item', { hasText: reference }).innerText(), /Came in/);
    await openAtDesk(jo, reference);
    const beside = jo.page.locator('.kith-beside');
    const words = await beside.innerText();
    assert.match(words, /In time/);
    assert.match(words, /by the fountain/);
    assert.match(words, /by the bandstand/);
    assert.match(words, /3 parts differ/);
    await jo.lookAtWidths('form-beside-call');
    await jo.close();
    await later.close();
    await visitor.close();
  });
}

test('the form can be filled in with the keyboard alone', async () => {
  clause('PLY-024');
  const { code } = await stakeholderRings('Lena Fisk');
  const visitor = await visit(browser, server.origin, { name: 'keyboard' });
  await comeBack(visitor, code);
  const { keyboard } = visitor.page;
  const tabTo = async (words) => {
    for (let i = 0; i < 90; ++i) {
      await keyboard.press('Tab');
      const here = await visitor.page.evaluate(() => document.activeElement.textContent.replace(/\s+/g, ' ').trim());
      if (here.startsWith(words)) return;
    }
    assert.fail(`the keyboard does not reach ${words}`);
  };
  const enter = async () => {
    await Promise.all([visitor.page.waitForEvent('framenavigated'), keyboard.press('Enter')]);
    await visitor.page.waitForLoadState('load');
  };
  await tabTo('Fill in the written form');
  await enter();
  await tabTo('Answer How do you know?');
  await enter();
  await visitor.page.locator('input[name=how_known]').first().focus();
  await keyboard.press('Space');
  await tabTo('Keep this');
  await enter();
  await tabTo('Answer What do you fear');
  await enter();
  for (let i = 0; i < 40 && (await visitor.page.evaluate(() => document.activeElement.id)) !== 'worry'; ++i) await keyboard.press('Tab');
  await keyboard.type('He is hungry.');
  await tabTo('Keep this');
  await enter();
  await tabTo('Send the form');
  await enter();
  assert.match(await visitor.text(), /We have your written form/);
  await visitor.close();
});

test('a form that came on paper is typed in as of the day it came', async () => {
  clause('PLY-024');
  const { reference } = await stakeholderRings('Amir Shah');
  const sam = await visit(browser, server.origin, { name: 'Sam', script: false });
  await signIn(sam, 'Sam Oduya');
  await openAtDesk(sam, reference);
  await sam.press('Type in the written form that came on paper');
  await sam.lookAtWidths('form-on-paper');
  await sam.page.locator('#what_seen').fill('As I said on the telephone.');
  await sam.page.locator('#received_time').fill('99:99');
  await sam.press('Keep the form');
  assert.equal(sam.status, 422);
  const summary = await sam.page.locator('.govuk-error-summary').innerText();
  assert.match(summary, /Put the time at which it came/);
  assert.match(summary, /Choose how you know/);
  assert.equal(await sam.page.locator('#what_seen').inputValue(), 'As I said on the telephone.', 'all is kept');
  await sam.look('form-on-paper-errors');
  const now = new Date().toLocaleTimeString('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit' });
  await sam.page.locator('#received_time').fill(now);
  await sam.page.locator('input[name=how_known][value=saw]').check();
  for (const part of ['where_seen', 'worry']) await sam.page.locator(`input[name=unsaid][value=${part}]`).check();
  await sam.press('Keep the form');
  // To the minute, a form can look older than the call of this very minute.
  if (sam.status === 422) {
    assert.match(await sam.text(), /after the call/);
    await sam.page.waitForTimeout(61_000);
    const later = new Date().toLocaleTimeString('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit' });
    await sam.page.locator('#received_time').fill(later);
    await sam.press('Keep the form');
  }
  assert.match(await sam.text(), /typed in by Sam Oduya/);
  await sam.close();
});
