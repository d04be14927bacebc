// What protects those concerned where one act meets another, in a browser: a refused form that keeps what stood open, an
// answer lost on the way, consents that tick, who must not see it, one source or two.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clause, openBrowser, startServer, visit } from './harness.mjs';
import { signIn } from './people.mjs';

let server, browser, plymouth;
const told = {};
before(async () => {
  server = await startServer({ args: ['--seed', '11', '--worries', '12'] });
  browser = await openBrowser();
  const visitor = await visit(browser, server.origin, { name: 'whoever looks for the doors' });
  await visitor.go('/');
  plymouth = await visitor.page.locator('a[href^="/at/"][href*="plymouth"]').first().getAttribute('href');
  await visitor.close();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const write = (visitor, name, words) => visitor.page.locator(`[name="${name}"]`).first().fill(words);
const choose = (visitor, name, value) => visitor.page.locator(`input[name="${name}"][value="${value}"]`).check();

/** Presses Continue until the page that asks for this stands there. */
async function onTo(visitor, name) {
  for (let n = 0; n < 12; n += 1) {
    if (await visitor.page.locator(`[name="${name}"]`).count()) return;
    await visitor.press('Continue');
  }
  assert.fail(`${name} is never asked`);
}

/** Tells a worry about a child; `last` fills the last pages. Answers the code. */
async function tell(visitor, { seen, worry = seen, you = async () => {}, last = async () => {} } = {}) {
  await visitor.go(plymouth);
  await visitor.press('A child, or a family');
  await choose(visitor, 'subject', 'child');
  await visitor.press('Continue');
  await choose(visitor, 'danger', 'no');
  await visitor.press('Continue');
  await write(visitor, 'what_seen', seen);
  await visitor.press('Continue');
  await write(visitor, 'where_seen', 'Larch Terrace');
  await visitor.press('Continue');
  await visitor.press('Continue');
  await write(visitor, 'worry', worry);
  await visitor.press('Continue');
  await visitor.press('That is all I know');
  await onTo(visitor, 'source');
  await choose(visitor, 'source', 'community');
  await you();
  await onTo(visitor, 'must_not_see');
  await last();
  await visitor.press('Continue');
}

async function send(visitor) {
  await visitor.press('Send');
  return visitor.page.locator('.kith-code').innerText();
}

/** The address of the waiting worry whose line holds these words. */
async function find(visitor, words) {
  await visitor.go('/queue');
  return visitor.page.locator('.kith-queue__item', { hasText: words }).locator('.kith-queue__title a').first().getAttribute('href');
}

test('what somebody says on a form of their part, of who must not see it and of an earlier code', async () => {
  const visitor = await visit(browser, server.origin, { name: 'a neighbour' });
  await tell(visitor, {
    seen: 'First telling about the boy in number four.',
    you: async () => {
      await choose(visitor, 'category', 'guardian');
      await write(visitor, 'reporter_agreement', 'AG-2026-12');
      await visitor.lookAtWidths('report-you');
    },
  });
  assert.match(await visitor.text(), /Community guardian, AG-2026-12/);
  const code = await send(visitor);

  await tell(visitor, {
    seen: 'Second telling about the boy in number four.',
    last: async () => {
      await write(visitor, 'must_not_see', 'my uncle, he sits at your front desk');
      await choose(visitor, 'told_before', 'yes');
      await write(visitor, 'earlier_code', 'not a code');
      await visitor.press('Continue');
      assert.equal(visitor.status, 422);
      assert.match(await visitor.page.locator('.govuk-error-summary').innerText(), /not a code of ours/);
      assert.equal(await visitor.page.locator('[name=must_not_see]').inputValue(), 'my uncle, he sits at your front desk');
      await write(visitor, 'earlier_code', code);
      await visitor.lookAtWidths('report-private');
    },
  });
  await visitor.look('report-check-private');
  await send(visitor);
  await visitor.close();
});

test('whom the words mean is said by somebody, and two tellings are one witness until it is recorded otherwise', async () => {
  const jo = await visit(browser, server.origin, { name: 'Jo' });
  await signIn(jo, 'Jo Marsh');
  const href = await find(jo, 'Second telling');
  assert.match(await jo.page.locator('.kith-queue__item', { hasText: 'Second telling' }).innerText(), /must not see this: say who/);
  await jo.go(href);
  const said = await jo.text();
  assert.match(said, /my uncle, he sits at your front desk/);
  assert.match(said, /The same source, as it is recorded/);
  assert.match(said, /Count them as one witness/);
  [told.second] = /W-[0-9A-Z]{5}/.exec(await jo.page.locator('.kith-facts').innerText());
  [told.first] = /W-[0-9A-Z]{5}/.exec(await jo.page.locator('.kith-match').first().innerText());
  await jo.lookAtWidths('concern-edges');
  await jo.press('Keep it from them');
  assert.equal(jo.status, 422, 'somebody, or nobody, is chosen');
  await jo.page.locator('[name=meant]').selectOption({ label: 'Sam Oduya, duty desk' });
  await jo.press('Keep it from them');
  assert.match(await jo.text(), /For them it no longer exists/);
  await jo.page.getByText('Same source or not', { exact: true }).click();
  await jo.look('concern-source');
  await jo.page.getByRole('button', { name: /^Not the same/ }).first().click();
  await jo.page.waitForLoadState('load');
  assert.match(await jo.text(), /At least 2 different people told these/);
  await jo.lookOver();

  const sam = await visit(browser, server.origin, { name: 'Sam', script: false, width: 320 });
  await signIn(sam, 'Sam Oduya');
  assert.equal(await sam.page.locator('.kith-queue__item', { hasText: 'Second telling' }).count(), 0);
  await sam.go(href);
  assert.equal(sam.status, 404);
  await sam.close();
  await jo.close();
});

test('a custodian records that two worries have one source, by their references, and nobody is named', async () => {
  const custodian = await visit(browser, server.origin, { name: 'Ines' });
  await signIn(custodian, 'Wren Achterberg', '/openings');
  await custodian.press('Record it');
  assert.equal(custodian.status, 422);
  const reference = (name, value) => write(custodian, name, value);
  await reference('source_reference', told.second);
  await reference('source_other', told.second);
  await choose(custodian, 'sameness', 'same');
  await custodian.press('Record it');
  assert.equal(custodian.status, 422);
  assert.match(await custodian.page.locator('.govuk-error-summary').innerText(), /reference of another worry/);
  await reference('source_other', told.first);
  await custodian.press('Record it');
  assert.match(await custodian.text(), /Recorded, without saying who/);
  await custodian.lookAtWidths('openings-source');
  await custodian.close();
});

test('marked words are read by others as what is written in their place', async () => {
  clause('PLY-031');
  const visitor = await visit(browser, server.origin, { name: 'a neighbour' });
  await tell(visitor, { seen: 'A girl cries in the flat under mine.', worry: 'Third telling' });
  await visitor.page.locator('input[name=mark]').first().check();
  await send(visitor);
  await visitor.close();
  const jo = await visit(browser, server.origin, { name: 'Jo' });
  await signIn(jo, 'Jo Marsh');
  const href = await find(jo, 'Third telling');
  await jo.go(`${href}/marks`);
  await write(jo, 'mark_instead', 'I live above the flat under mine');
  await jo.press('Keep these words in place of the flat under mine', { exact: false });
  assert.equal(jo.status, 422);
  assert.equal(await jo.page.locator('[name=mark_instead]').inputValue(), 'I live above the flat under mine');
  await write(jo, 'mark_instead', 'a flat in the house');
  await jo.press('Keep these words in place of the flat under mine', { exact: false });
  await jo.lookAtWidths('marks-instead');
  await jo.go(href);
  assert.match(await jo.page.locator('details', { hasText: 'As others will read it' }).textContent(), /A girl cries in a flat in the house/);
  await jo.close();
});

test('a refused ring-back form keeps the contact open and what was typed', async () => {
  const jo = await visit(browser, server.origin, { name: 'Jo' });
  await signIn(jo, 'Jo Marsh');
  const href = await jo.page.locator('.kith-queue__item').filter({ has: jo.page.locator('.kith-queue__act', { hasText: 'Decide' }) })
    .locator('.kith-queue__title a').first().getAttribute('href');
  await jo.go(`${href}/contact`);
  await jo.choose('To answer them');
  await jo.press('Open how to reach them');
  await write(jo, 'note', 'She said it is quiet now.');
  await jo.press('Record the call');
  assert.equal(jo.status, 422);
  assert.match(await jo.text(), /Open now, for you, on this page only/);
  assert.equal(await jo.page.locator('[name=note]').inputValue(), 'She said it is quiet now.');
  await jo.lookAtWidths('contact-refused');
  await jo.page.locator('input[name="reached"][value="impossible"]').check();
  await write(jo, 'note', '');
  await jo.press('Record the call');
  assert.equal(jo.status, 422);
  assert.match(await jo.text(), /Open now, for you, on this page only/);
  assert.ok(await jo.page.locator('input[name="reached"][value="impossible"]').isChecked());
  await jo.close();
});

for (const script of [true, false]) {
  test(`consents asked on a call tick as they are answered, ${script ? 'with' : 'without'} script`, async () => {
    const lena = await visit(browser, server.origin, { name: 'Lena', script });
    await signIn(lena, 'Lena Fisk', '/calls/new');
    assert.equal(await lena.page.locator('[name=name_person]:checked').count(), 0, 'nothing is answered for them');
    const save = async () => {
      if (!script) return lena.press('Save');
      await lena.page.locator('#what_seen').focus();
      await lena.page.locator('[data-kith="saved"][data-state="saved"]').waitFor();
    };
    const asked = () => lena.page.locator('#call-known').innerText();
    await lena.page.locator('#what_seen').fill('Somebody shouts at a child');
    await save();
    assert.doesNotMatch(await asked(), /told it was them\?\s*\(answered\)/);
    await choose(lena, 'name_person', 'no');
    await save();
    await lena.page.waitForFunction(() => /told it was them\?\s*\(answered\)/.test(document.querySelector('#call-known').innerText));
    await lena.look('call-consents');
    await lena.close();
  });
}

test('a hand-over whose answer is lost is sent again and tells the same code', async () => {
  const lena = await visit(browser, server.origin, { name: 'Lena' });
  await signIn(lena, 'Lena Fisk', '/calls/new');
  await lena.page.locator('#what_seen').fill('A caller whose line is bad');
  await lena.page.locator('#what_seen').blur();
  await lena.page.locator('[data-kith="saved"][data-state="saved"]').waitFor();
  const fields = await lena.page.locator('#call').evaluate((form) => [...new FormData(form)]);
  const path = new URL(lena.page.url()).pathname;
  const body = new URLSearchParams([...fields, ['hand_over', 'yes']]).toString();
  const post = () => lena.page.evaluate(async ([to, form]) => {
    const answer = await fetch(to, { method: 'POST', body: new URLSearchParams(form) });
    return answer.text();
  }, [path, body]);
  const codeIn = (html) => /id="return-code">([^<]+)</.exec(html)?.[1];
  const first = codeIn(await post());
  assert.match(first, /^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$/);
  assert.equal(codeIn(await post()), first);
  await lena.close();
});

test('what a guardian is is decided by an administrator, and shown with who decided it', async () => {
  clause('PLY-012');
  const ada = await visit(browser, server.origin, { name: 'administrator' });
  await ada.go('/sign-in');
  const name = (await ada.page.locator('tr', { hasText: 'Administrator' }).first().locator('th, td').first().innerText()).split('\n')[0].trim();
  await signIn(ada, name, '/settings/plymouth');
  const term = ada.page.locator('#guardian_definition');
  await term.locator('summary').click();
  await term.locator('[name=value]').fill('Somebody who looks out for the children of a street.');
  await term.locator('[name=decider]').fill('E. Trew, head of service');
  await ada.lookAtWidths('settings-guardian');
  await term.getByRole('button', { name: /Keep this/ }).click();
  await ada.page.waitForLoadState('load');
  assert.match(await ada.text(), /Somebody who looks out for the children of a street\. Locally decided by E\. Trew, head of service, .+; the text names guardians and does not define them \(PLY-012\)/);
  await ada.lookOver();
  await ada.close();
});

test('a young person is asked about themselves as oneself, and about a friend as about a friend', async () => {
  for (const [way, where, home] of [
    ['Me', 'Where are you now?', 'Where do you live?'],
    ['A friend, or someone I know', 'Where are they now?', 'Where do they live?'],
  ]) {
    const visitor = await visit(browser, server.origin, { name: way, width: 320, script: false });
    await visitor.go(`${plymouth}/young`);
    await visitor.press(way);
    await choose(visitor, 'danger', 'no');
    await visitor.press('Continue');
    await write(visitor, 'what_seen', 'They take my bag and my money at the bus stop.');
    await visitor.press('Continue');
    await write(visitor, 'where_seen', 'The bus stop at Larch Terrace');
    await visitor.press('Continue');
    await visitor.press('Continue');
    await write(visitor, 'worry', 'That they do worse.');
    await visitor.press('Continue');
    assert.equal(await visitor.page.locator('[name=how_known]').count(), way === 'Me' ? 0 : 5);
    await onTo(visitor, 'where_now');
    assert.equal((await visitor.page.locator('h1').innerText()).trim(), where);
    await onTo(visitor, 'address');
    assert.match(await visitor.text(), new RegExp(home.replace('?', '\\?')));
    await visitor.look(way === 'Me' ? 'young-home' : 'young-friend-home');
    await visitor.close();
  }
});
