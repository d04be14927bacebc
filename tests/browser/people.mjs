// Signing in as somebody of the demonstration, whose sign-ins its sign-in page shows.
import assert from 'node:assert/strict';
import { pause } from './harness.mjs';

/** Signs in as `name`. A code works once: where theirs is used, the next is awaited. */
export async function signIn(visitor, name, to = '/queue') {
  for (let attempt = 0; attempt < 3; ++attempt) {
    await visitor.page.goto(new URL(`/sign-in?return_to=${encodeURIComponent(to)}`, visitor.origin).href);
    const cells = await visitor.page.locator('tr', { hasText: name }).first().locator('td').allInnerTexts();
    const code = cells[2].trim();
    await visitor.page.locator('#user').fill(cells[0].trim());
    await visitor.page.locator('#password').fill(cells[1].trim());
    await visitor.page.locator('#one_time_code').fill(code);
    await Promise.all([visitor.page.waitForEvent('framenavigated'), visitor.page.getByRole('button', { name: 'Sign in' }).click()]);
    await visitor.page.waitForLoadState('load');
    if (!visitor.page.url().includes('/sign-in')) return visitor;
    for (let waited = 0; waited < 35; ++waited) {
      await pause(1000);
      await visitor.page.reload();
      if ((await visitor.page.locator('tr', { hasText: name }).first().locator('td').allInnerTexts())[2].trim() !== code) break;
    }
  }
  assert.fail(`${name} cannot sign in`);
}
