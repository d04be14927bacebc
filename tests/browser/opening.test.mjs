// Opening who told: asked for, agreed by a second person, shown once. And the ledger, where each step stands.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, startServer, visit } from './harness.mjs';
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

/** A worry whose teller is known: a call. Answers its reference and its code. */
async function tellByTelephone() {
  const taker = await visit(browser, server.origin, { name: 'Sam', script: false });
  await signIn(taker, 'Sam Oduya', '/calls/new');
  await taker.page.locator('#what_seen').fill('He shouts at her every night');
  await taker.page.locator('#reporter_name').fill('Greta Nobody');
  await taker.page.locator('#reporter_telephone').fill('01632 960222');
  await taker.page.getByRole('button', { name: /^Hand/ }).click();
  await taker.page.waitForSelector('#return-code');
  const reference = (await taker.text()).match(/W-[0-9A-Z]{5}/)[0];
  await taker.close();
  return reference;
}

test('a custodian asks, a second agrees, and it is shown once', async () => {
  const reference = await tellByTelephone();
  const asker = await visit(browser, server.origin, { name: 'Wren' });
  await signIn(asker, 'Wren Achterberg', '/openings');
  await asker.lookAtWidths('openings-none');
  await asker.page.getByLabel('The worry’s reference').fill('W-00000');
  await asker.press('Ask a second person');
  assert.match(await asker.text(), /Choose one/, 'neither who told nor a file is chosen beforehand');
  await asker.page.getByRole('group', { name: 'What is to be opened?' }).getByLabel('Who told').check();
  await asker.page.getByRole('group', { name: 'For what purpose?' }).getByLabel('To protect the child').check();
  await asker.page.getByLabel('Why it is needed').fill('The family knows where she lives');
  await asker.press('Ask a second person');
  assert.equal(asker.status, 422);
  assert.match(await asker.text(), /nothing here under that name, or it is not for you/);
  await asker.page.getByLabel('The worry’s reference').fill(reference.toLowerCase());
  await asker.press('Ask a second person');
  assert.equal(await asker.page.getByRole('button', { name: /^Agree/ }).count(), 0, 'who asks is not the second');

  const second = await visit(browser, server.origin, { name: 'Idris' });
  await signIn(second, 'Idris Calloway', '/openings');
  await second.lookAtWidths('openings-asked');
  await second.page.getByRole('button', { name: /^Agree/ }).click();
  await second.page.getByText('Agreed', { exact: true }).waitFor();
  assert.equal(await second.page.getByRole('button', { name: /^Open who told\s+W-/ }).count(), 0, 'who agrees does not open');
  await second.close();

  await asker.go('/openings');
  await asker.page.getByRole('button', { name: /^Open who told\s+W-/ }).click();
  await asker.page.getByText('Greta Nobody').waitFor();
  await asker.lookAtWidths('opened');
  const shownAt = new URL(asker.page.url()).pathname;
  await asker.page.goto(new URL(shownAt, server.origin).href);
  assert.doesNotMatch(await asker.text(), /Greta Nobody/);
  await asker.page.goto(new URL('/openings', server.origin).href);
  assert.doesNotMatch(await asker.text(), /Greta Nobody/);
  await asker.close();

  const auditor = await visit(browser, server.origin, { name: 'Maud' });
  await signIn(auditor, 'Maud Okonjo', '/ledger');
  await auditor.lookAtWidths('ledger');
  await auditor.page.getByLabel('Entries about one worry, by its reference').fill(reference);
  await auditor.page.getByRole('button', { name: 'Show' }).click();
  await auditor.page.getByText('Who told was opened').waitFor();
  await auditor.lookAtWidths('ledger-about');
  assert.doesNotMatch(await auditor.text(), /Greta|Wren Achterberg|shouts/);
  await auditor.page.locator('tbody a').first().click();
  await auditor.page.getByText('These are the very bytes').waitFor();
  await auditor.lookAtWidths('ledger-leaf');
  await auditor.close();
});

test('a request by the police is written down in full and answered by an intermediary', async () => {
  const reference = await tellByTelephone();
  const asker = await visit(browser, server.origin, { name: 'Idris' });
  await signIn(asker, 'Idris Calloway', '/openings');
  await asker.page.getByLabel('The worry’s reference').fill(reference);
  await asker.page.getByRole('group', { name: 'What is to be opened?' }).getByLabel('Who told').check();
  await asker.page.getByLabel('The police ask who told').check();
  await asker.page.getByLabel('Why it is needed').fill('An inquiry');
  await asker.page.getByLabel('Who asks, and for which office').fill('DC Placeholder, an invented force');
  await asker.press('Ask a second person');
  assert.match(await asker.text(), /Say which power they claim/);
  await asker.lookAtWidths('openings-demand');
  await asker.page.getByLabel('The power they claim').fill('None, a request');
  await asker.page.getByLabel('Exactly what they ask for').fill('The caller’s name');
  await asker.page.getByLabel('What the legal adviser said').fill('Refuse without an order');
  await asker.press('Ask a second person');
  await asker.close();
  const second = await visit(browser, server.origin, { name: 'Wren' });
  await signIn(second, 'Wren Achterberg', '/openings');
  await second.page.getByLabel('Or how an intermediary answers, naming nobody').fill('By a letter of the solicitor');
  await second.page.getByRole('button', { name: /^Answer by an intermediary/ }).click();
  await second.page.getByText('Answered by an intermediary', { exact: true }).waitFor();
  await second.lookOver();
  await second.close();
});

test('in an emergency one custodian opens alone, and another reviews it', async () => {
  const reference = await tellByTelephone();
  const one = await visit(browser, server.origin, { name: 'Wren', script: false });
  await signIn(one, 'Wren Achterberg', '/openings');
  await one.page.getByLabel('The reference of the worry to open alone').fill(reference);
  await one.page.getByRole('button', { name: 'Open who told, alone' }).click();
  assert.match(await one.text(), /Say that waiting for a second person would put somebody in danger/);
  assert.equal(await one.page.locator('#alone_reference').inputValue(), reference, 'what was typed is kept');
  await one.page.locator('input[name="alone_purpose"]').first().check();
  await one.page.getByLabel('Why it cannot wait').fill('He says he will find out tonight who told');
  await one.page.locator('input[name="alone"]').check();
  await one.page.getByRole('button', { name: 'Open who told, alone' }).click();
  await one.page.getByText('Greta Nobody').waitFor();
  await one.go('/openings');
  await one.page.getByText('To review', { exact: true }).first().waitFor();
  assert.equal(await one.page.getByRole('link', { name: /^Review the opening/ }).count(), 0, 'nobody reviews themselves');
  await one.close();

  const other = await visit(browser, server.origin, { name: 'Idris' });
  await signIn(other, 'Idris Calloway', '/openings');
  await other.lookAtWidths('openings-to-review');
  await other.page.getByRole('link', { name: /^Review the opening/ }).click();
  await other.lookAtWidths('opening-review');
  assert.doesNotMatch(await other.text(), /Greta/);
  await other.page.getByLabel('It was right to open it alone').check();
  await other.page.getByLabel('Why', { exact: true }).fill('The threat was real; police went');
  await other.press('Record the review');
  await other.page.getByText('The threat was real; police went').waitFor();
  assert.equal(await other.page.getByRole('heading', { name: 'To review' }).count(), 0);
  await other.lookOver();
  await other.close();
});
