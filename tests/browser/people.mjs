// Signing in: as somebody of the demonstration, whose sign-ins its sign-in page shows, or with a key of one's own.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { pause, visit } from './harness.mjs';

/** Signs in as the one whose row says `who`. A code works once: where theirs is used, the next is awaited.
 * They come to `to`, or to where their work begins. */
export async function signIn(visitor, who, to) {
  const cells = () => visitor.page.getByRole('row').filter({ hasText: who }).first().locator('td').allInnerTexts();
  for (let attempt = 0; attempt < 3; ++attempt) {
    await visitor.go(to ? `/sign-in?return_to=${encodeURIComponent(to)}` : '/sign-in');
    const [email, password, code] = (await cells()).map((text) => text.trim());
    await visitor.page.locator('#user').fill(email);
    await visitor.page.locator('#password').fill(password);
    await visitor.page.locator('#one_time_code').fill(code);
    await visitor.press('Sign in');
    visitor.password = password;
    if (!visitor.page.url().includes('/sign-in')) return visitor;
    for (let waited = 0; waited < 35; ++waited) {
      await pause(1000);
      await visitor.page.reload();
      if ((await cells())[2].trim() !== code) break;
    }
  }
  return assert.fail(`${who} cannot sign in`);
}

/** Somebody of the demonstration with a browser of their own, signed in. */
export async function signedIn(browser, server, who, options = {}) {
  return signIn(await visit(browser, server.origin, { name: who, ...options }), who);
}

/** The six digits that an authenticator with this key (base32) shows now. */
export function digitsNow(key) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...key.replace(/\s/g, '')].map((c) => letters.indexOf(c).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac('sha1', secret).update(step).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
