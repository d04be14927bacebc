// A real partnership from nothing: kith init on a bare folder, the first administrator and custodian sign in with what was
// printed, people are invited and admitted, and the front door opens only when custody, rota and keys stand.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { clause, freePort, openBrowser, pause, root, visit } from './harness.mjs';
import { digitsNow } from './people.mjs';

const binary = process.env.KITH_BINARY ?? join(root, 'build', 'dev', 'src', 'kith');
const folder = mkdtempSync(join(tmpdir(), 'kith-founding-'));
const places = ['--data', join(folder, 'data'), '--epochs', join(folder, 'epochs'), '--master-key', join(folder, 'master.key'),
  '--anchor', join(folder, 'anchor')];
const kith = (...args) => execFileSync(binary, args, { encoding: 'utf8' });
let server, browser, origin, sheets;

before(async () => {
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  server?.kill('SIGTERM');
  await server?.over;
  rmSync(folder, { recursive: true, force: true });
});

/** Signs in; a code that was used, or is older than the server, is awaited anew. */
async function signIn(who, to) {
  const visitor = await visit(browser, origin, { name: who.email });
  for (let attempt = 0; attempt < 5; attempt += 1) {
    await visitor.go(`/sign-in?return_to=${encodeURIComponent(to)}`);
    await visitor.page.locator('#user').fill(who.email);
    await visitor.page.locator('#password').fill(who.password);
    await visitor.page.locator('#one_time_code').fill(digitsNow(who.key));
    await visitor.press('Sign in');
    if (!visitor.page.url().includes('/sign-in')) return visitor;
    await pause(12_000);
  }
  return assert.fail(`${who.email} cannot sign in`);
}

/** Takes an invitation: a password where one is chosen, the second step, and what is shown once. */
async function accept(link, email) {
  const visitor = await visit(browser, origin, { name: email });
  await visitor.go(new URL(link).pathname);
  const key = await visitor.page.locator('.kith-once').first().innerText();
  let password = 'four words of my own';
  if (await visitor.page.locator('#password').count()) {
    await visitor.page.locator('#password').fill(password);
    await visitor.page.locator('#again').fill(password);
  } else {
    password = null;
  }
  await visitor.page.locator('#one_time_code').fill(digitsNow(key));
  await visitor.press('Accept the invitation');
  password ??= await visitor.page.locator('.kith-once').first().innerText();
  await visitor.close();
  return { email, password, key };
}

async function invite(administrator, name, roles, door) {
  await administrator.go('/people');
  const email = `${name.toLowerCase().replace(' ', '.')}@westmead.example`;
  await administrator.page.locator('#name').fill(name);
  await administrator.page.locator('#email').fill(email);
  for (const role of roles) await administrator.page.getByLabel(role, { exact: true }).check();
  if (door) await administrator.page.locator('#front_door').selectOption({ label: door });
  await administrator.press('Invite');
  assert.equal(administrator.status, 200, await administrator.text());
  return accept(await administrator.page.locator('.kith-once').innerText(), email);
}

test('kith init prints, once, what the first two people need; a second init is refused', async () => {
  const printed = kith('init', ...places, '--administrator', 'Ada Thorne <ada.thorne@westmead.example>',
    '--custodian', 'Cyrus Bell <cyrus.bell@westmead.example>');
  const sheet = (role) => {
    const part = printed.slice(printed.indexOf(`${role}: `));
    return {
      email: part.match(/<([^>]+)>/)[1],
      password: part.match(/pass phrase +(.+)/)[1],
      key: part.match(/secret=([A-Z2-7]+)/)[1],
    };
  };
  sheets = { administrator: sheet('Administrator'), custodian: sheet('Custodian'), fingerprint: printed.match(/key list 0 +(.+)/)[1] };
  assert.throws(() => kith('init', ...places, '--administrator', 'A <a@b.example>', '--custodian', 'C <c@d.example>'), /Command failed/);
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  server = spawn(binary, ['serve', ...places, '--listen', `127.0.0.1:${port}`], { stdio: ['ignore', 'pipe', 'pipe'] });
  server.said = '';
  for (const stream of [server.stdout, server.stderr]) stream.setEncoding('utf8').on('data', (text) => { server.said += text; });
  server.over = new Promise((resolve) => { server.once('exit', resolve); });
  for (let n = 0; n < 100; n += 1) {
    if (await fetch(`${origin}/sign-in`).then(() => true, () => false)) return;
    await pause(100);
  }
  assert.fail(`the server did not answer: ${server.said}`);
});

test('before there is any front door, 999 is said', async () => {
  const visitor = await visit(browser, origin, { name: 'somebody too early' });
  await visitor.go('/');
  assert.match(await visitor.text(), /999/);
  await visitor.lookAtWidths('founding-first');
  await visitor.close();
});

/** It takes no writing, on whichever way in, and says whom to ring. */
async function expectClosed() {
  const visitor = await visit(browser, origin, { name: 'somebody too early' });
  await visitor.go('/at/plymouth');
  const text = await visitor.text();
  assert.match(text, /You cannot write to us here yet/);
  assert.match(text, /999/);
  assert.match(text, /Ring .+ on \d{5} \d{6}/, 'a number besides');
  assert.equal(await visitor.page.locator('a[href*="/report/"]').count(), 0);
  await visitor.lookAtWidths('founding-closed');
  await visitor.go('/at/plymouth/report/start?about=place');
  assert.match(await visitor.text(), /You cannot write to us here yet/);
  assert.equal(await visitor.page.locator('input[name="danger"]').count(), 0);
  await visitor.close();
}

test('a front door opens when custody, rota and keys stand, and not before; then it takes a worry', async () => {
  clause('PLY-021');
  const ada = await signIn(sheets.administrator, '/settings');
  await ada.look('founding-settings-empty');
  await ada.page.locator('#slug').fill('Two Words');
  await ada.press('Add it, closed');
  assert.equal(ada.status, 422);
  assert.equal(await ada.page.locator('#slug').inputValue(), 'Two Words');
  await ada.lookAtWidths('founding-settings');
  await ada.page.locator('input[name=pack][value=plymouth-community]').check();
  await ada.page.locator('#slug').fill('plymouth');
  await ada.press('Add it, closed');
  await expectClosed();
  await ada.go('/people');
  await ada.lookAtWidths('founding-people');
  const second = await invite(ada, 'Imke Sorrel', ['Custodian']);
  await ada.go('/people');
  const doors = await ada.page.locator('#front_door option').allInnerTexts();
  const plymouth = doors.find((name) => name.includes('Plymouth'));
  const manager = await invite(ada, 'Jonas Reed', ['Manager'], plymouth);

  await ada.go('/settings/plymouth');
  await ada.lookAtWidths('founding-door');
  assert.match(await ada.text(), /Missing/);
  await ada.press('Open this front door');
  assert.equal(ada.status, 422, 'refused while something is missing');

  const cyrus = await signIn(sheets.custodian, '/people');
  assert.ok((await cyrus.text()).includes(sheets.fingerprint), 'the fingerprint of the printed sheet');
  await cyrus.press('Admit Imke Sorrel');
  await cyrus.press('Admit Jonas Reed');
  const imke = await signIn(second, '/people');
  await imke.choose('I have compared it with my sheet, and every letter is the same');
  await imke.press('Countersign');
  await cyrus.go('/settings/plymouth');
  await cyrus.press('Make the duty key');
  await cyrus.lookAtWidths('founding-keys');

  await ada.go('/rota');
  const door = ada.page.getByRole('link', { name: plymouth });
  if (await door.count()) {
    await door.first().click();
    await ada.page.waitForLoadState('load');
  }
  for (let week = 0; week < 2; week += 1) {
    for (const [seat, name] of [['Manager', 'Jonas Reed'], ['Custodian', 'Imke Sorrel']]) {
      const pick = async (id, words) => {
        const value = await ada.page.locator(`${id} option`).filter({ hasText: words }).first().getAttribute('value');
        await ada.page.locator(id).selectOption(value);
      };
      await pick('#seat', seat);
      await pick('#member', name);
      const days = await ada.page.locator('#from_day option').evaluateAll((all) => all.map((one) => one.value).filter(Boolean));
      const ends = await ada.page.locator('#until_day option').evaluateAll((all) => all.map((one) => one.value).filter(Boolean));
      await ada.page.locator('#from_day').selectOption(days[0]);
      await ada.page.locator('#from_time').fill('00:00');
      await ada.page.locator('#until_day').selectOption(ends.at(-1));
      await ada.page.locator('#until_time').fill('00:00');
      await ada.press('Add to the plan');
      assert.equal(ada.status, 200, await ada.text());
    }
    if (week === 0) await ada.lookAtWidths('founding-rota');
    await ada.press('Save this week');
    assert.match(await ada.text(), /The rota of this week is saved/);
    await ada.press('Week after');
  }

  await ada.go('/settings/plymouth');
  await ada.look('founding-ready');
  await ada.press('Open this front door');
  assert.match(await ada.text(), /This front door is open/);

  const jonas = await signIn(manager, '/queue');
  assert.match(await jonas.text(), /Nothing/);
  await jonas.look('founding-queue');
  const told = await visit(browser, origin, { name: 'the first to tell' });
  await told.go('/');
  await told.page.goto(await told.page.locator('a[href^="/at/plymouth"]').first().evaluate((link) => link.href).catch(() => told.page.url()));
  await told.press('A place');
  const answers = { danger: 'no', what_seen: 'No light on the steps since August.', place_name: 'Steps by the shops', worry: 'Somebody is hurt there.' };
  for (let n = 0; n < 30 && await told.page.locator('.kith-code').count() === 0; n += 1) {
    for (const [name, value] of Object.entries(answers)) {
      const radio = told.page.locator(`input[type=radio][name="${name}"][value="${value}"]`);
      const box = told.page.locator(`textarea[name="${name}"], input[type=text][name="${name}"]`).first();
      if (await radio.count()) await radio.check();
      else if (await box.count()) await box.fill(value);
    }
    await told.press(await told.page.getByRole('button', { name: 'Send', exact: true }).count() ? 'Send' : 'Continue');
  }
  assert.equal(await told.page.locator('.kith-code').count(), 1);
  await jonas.go('/queue');
  assert.equal(await jonas.page.locator('.kith-queue__item').count(), 1);
  await Promise.all([ada, cyrus, imke, jonas, told].map((visitor) => visitor.close()));
});

test('the ledger of a real partnership verifies, and health finds it well', () => {
  assert.match(kith('ledger', 'verify', ...places), /^intact: \d+ entries/);
  assert.equal(kith('health', ...places), 'plymouth: open\nwell\n');
});
