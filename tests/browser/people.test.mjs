// Those who work here: invited, admitted, on the rota; what is decided locally; the register; one's own account.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clause, openBrowser, startServer, visit } from './harness.mjs';
import { digitsNow, signedIn } from './people.mjs';

let server; let browser;
before(async () => { server = await startServer(); browser = await openBrowser(); });
after(async () => { await browser?.close(); await server?.stop(); });

const signIn = (who, options) => signedIn(browser, server, who, options);

test('an administrator invites, the newcomer proves a second step, a custodian admits', async () => {
  const pat = await signIn('Pat Lindqvist');
  await pat.go('/people');
  await pat.press('Invite');
  assert.equal(pat.status, 422);
  await pat.page.locator('#name').fill('Petra Vane');
  await pat.page.locator('#email').fill('petra.vane@example.test');
  await pat.page.getByLabel('Manager').check();
  await pat.press('Invite');
  const link = await pat.page.locator('.kith-once').innerText();
  await pat.lookAtWidths('people');

  const petra = await visit(browser, server.origin, { name: 'Petra Vane', script: false });
  await petra.go(new URL(link).pathname);
  assert.equal((await petra.page.content()).split(new URL(link).pathname.split('/')[2]).length, 1, 'the secret stands in the address alone');
  await petra.page.locator('#password').fill('four words of my own');
  await petra.page.locator('#again').fill('four words of my other');
  await petra.page.locator('#one_time_code').fill('000000');
  await petra.press('Accept the invitation');
  assert.equal(petra.status, 422);
  await petra.lookAtWidths('invitation');
  await petra.page.locator('#password').fill('four words of my own');
  await petra.page.locator('#again').fill('four words of my own');
  await petra.page.locator('#one_time_code').fill(digitsNow(await petra.page.locator('.kith-once').innerText()));
  await petra.press('Accept the invitation');
  assert.match(await petra.text(), /Your recovery code/);
  await petra.lookAtWidths('recovery-code');
  await petra.go(new URL(link).pathname);
  assert.equal(petra.status, 404, 'an invitation is used once');

  const wren = await signIn('Wren Achterberg');
  await wren.go('/people');
  assert.match(await wren.text(), /Awaits admission/);
  await wren.press('Admit Petra Vane');
  assert.doesNotMatch(await wren.text(), /Awaits admission/);
  await Promise.all([pat, petra, wren].map((visitor) => visitor.close()));
});

test('a rota with a gap cannot be saved, and says which hours, without script', async () => {
  const jo = await signIn('Jo Marsh', { script: false });
  await jo.go('/rota');
  await jo.lookAtWidths('rota');
  await jo.press('Week after');
  const first = jo.page.locator('.kith-plan__item').first();
  const taken = (await first.innerText()).split('\n').map((line) => line.trim());
  await Promise.all([jo.page.waitForEvent('framenavigated'), first.getByRole('button').click()]);
  await jo.page.waitForLoadState('load');
  assert.match(await jo.text(), /Hours that nobody covers/);
  await jo.press('Save this week');
  assert.equal(jo.status, 422);
  assert.match(await jo.text(), /No (manager|custodian or deputy): /);
  await jo.lookAtWidths('rota-gap');
  const name = taken[0].split(',')[0];
  const hours = taken[1].match(/^(\w+) (\d+) (\w+), ([\d:]+) to (\w+) (\d+) (\w+), ([\d:]+)$/);
  const pick = async (id, part) => {
    const option = jo.page.locator(`${id} option`).filter({ hasText: part }).first();
    await jo.page.locator(id).selectOption(await option.getAttribute('value'));
  };
  await pick('#seat', /custodian/i.test(taken[0]) ? 'Custodian' : 'Manager');
  await pick('#member', name);
  await pick('#from_day', new RegExp(` ${hours[2]} `));
  await jo.page.locator('#from_time').fill(hours[4].padStart(5, '0'));
  await pick('#until_day', new RegExp(` ${hours[6]} `));
  await jo.page.locator('#until_time').fill(hours[8].padStart(5, '0'));
  await jo.press('Add to the plan');
  assert.equal(jo.status, 200);
  assert.doesNotMatch(await jo.text(), /Hours that nobody covers/);
  await jo.press('Save this week');
  assert.match(await jo.text(), /The rota of this week is saved/);
  await jo.close();
});

test('what the text leaves open is shown as locally decided, with decider and date', async () => {
  clause('HAC-060');
  const pat = await signIn('Pat Lindqvist', { width: 768 });
  await pat.go('/settings');
  await pat.lookAtWidths('settings');
  await pat.go('/settings/hackney');
  const terms = pat.page.locator('.kith-term', { has: pat.page.locator('details') });
  for (const text of await terms.allInnerTexts()) assert.match(text, /Locally decided by .+, \d+ \w+ \d{4}/);
  await terms.filter({ hasText: 'Reply clock' }).locator('summary').click();
  await pat.page.locator('#value-reply_clock').fill('soon');
  await pat.page.locator('#decider-reply_clock').fill('Imogen Vale, head of service');
  await pat.press('Keep this Reply clock');
  assert.equal(pat.status, 422);
  assert.equal(await pat.page.locator('#decider-reply_clock').inputValue(), 'Imogen Vale, head of service');
  await pat.lookAtWidths('settings-door');
  await pat.page.locator('#value-reply_clock').fill('none');
  await pat.press('Keep this Reply clock');
  assert.match(await pat.text(), /Locally decided by Imogen Vale, head of service/);
  await pat.close();
});

test('a guardian needs an agreement, and the register says when it has ended', async () => {
  const jo = await signIn('Amir Shah', { script: false });
  await jo.go('/parties');
  await jo.press('Add to the register');
  await jo.choose('Person', 'Community guardian', 'They live there');
  await jo.page.locator('#name').fill('Ottilie Crane');
  await jo.page.locator('#place').fill('Orchard Parade');
  await jo.press('Keep in the register');
  assert.equal(jo.status, 422);
  await jo.lookAtWidths('party');
  const day = async (name, [d, m, y]) => {
    await jo.page.locator(`[name=${name}_day]`).fill(d);
    await jo.page.locator(`[name=${name}_month]`).fill(m);
    await jo.page.locator(`[name=${name}_year]`).fill(y);
  };
  await day('agreement_made', ['3', '2', '2025']);
  await day('acknowledged', ['4', '2', '2025']);
  await day('ended', ['4', '3', '2026']);
  await jo.page.locator('#scope').fill('Evenings at the boxing club');
  await jo.page.locator('#duties').fill('Tell the Council\nKeep the door');
  await jo.press('Keep in the register');
  assert.match(await jo.text(), /Guardian functions withdrawn/);
  await jo.lookAtWidths('parties');
  await jo.close();
});

test('one changes one’s own password, and is signed out everywhere else', async () => {
  const sam = await signIn('Sam Oduya', { width: 320 });
  const elsewhere = await signIn('Sam Oduya');
  await elsewhere.go('/me');
  assert.equal(elsewhere.status, 200);
  const isSignedIn = async (visitor) => {
    await visitor.go('/me');
    return !visitor.page.url().includes('/sign-in');
  };
  await sam.go('/me');
  await sam.lookAtWidths('me');
  await sam.page.locator('#old_password').fill('not this one');
  await sam.page.locator('#password').fill('four words of my own');
  await sam.page.locator('#again').fill('four words of my own');
  await sam.press('Change password');
  assert.equal(sam.status, 422);
  await sam.page.locator('#old_password').fill(sam.password);
  await sam.page.locator('#password').fill('four words of my own');
  await sam.page.locator('#again').fill('four words of my own');
  await sam.press('Change password');
  assert.match(await sam.text(), /Your password is changed/);
  assert.equal(await isSignedIn(elsewhere), false);
  assert.equal(await isSignedIn(sam), true);
  await elsewhere.close();
  await sam.press('Set up a new second step');
  await sam.lookAtWidths('second-step');
  await sam.go('/me');
  await sam.press('Sign out everywhere');
  assert.equal(await isSignedIn(sam), false);
  await sam.go('/forgotten');
  await sam.page.locator('#email').fill('nobody@example.test');
  await sam.press('Let me back in');
  assert.equal(sam.status, 422);
  await sam.lookAtWidths('forgotten');
  await sam.close();
});
