// Other organisations' software: an administrator makes its token, it sends a worry and reads what waits, over real HTTP;
// every answer is held against the description that the server itself serves (OpenAPI 3.1, read by ajv).
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { clause, openBrowser, startServer } from './harness.mjs';
import { signedIn } from './people.mjs';

const require = createRequire(import.meta.url);
const Ajv = require('ajv/dist/2020').default;
const addFormats = require('ajv-formats').default;

let server, browser, description, ajv, pat;
const tokens = {};
const answered = new Set();

before(async () => {
  server = await startServer({ args: ['--seed', '7', '--worries', '12'] });
  browser = await openBrowser();
  description = await (await fetch(`${server.origin}/api/v1/openapi.json`)).json();
  ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema(description, 'kith');
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const signIn = (who, options) => signedIn(browser, server, who, options);

const escaped = (part) => part.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D');
/** Where a response's schema stands in the description, through one $ref. */
function schemaOf(path, method, status, type) {
  let response = description.paths[path]?.[method]?.responses?.[status];
  assert.ok(response, `${method} ${path} may answer ${status}`);
  let at = `#/paths/${escaped(path)}/${method}/responses/${status}`;
  if (response.$ref) {
    at = response.$ref;
    response = description.components.responses[at.split('/').at(-1)];
  }
  assert.ok(response.content[type], `${status} of ${path} may be ${type}`);
  return ajv.getSchema(`kith${at}/content/${escaped(type)}/schema`);
}

/** Asks over HTTP, and holds what comes back against the description. */
async function ask(method, path, { token, key, body, type = 'application/json', as = path } = {}) {
  const response = await fetch(server.origin + path, {
    method: method.toUpperCase(),
    headers: { ...(token && { authorization: `Bearer ${token}` }), ...(key && { 'idempotency-key': key }), ...(body !== undefined && { 'content-type': type }) },
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const answer = { status: response.status, headers: response.headers, text, json: JSON.parse(text) };
  const fits = schemaOf(as, method, String(response.status), response.headers.get('content-type'));
  assert.ok(fits(answer.json), `${method} ${path} ${response.status}: ${ajv.errorsText(fits.errors)}\n${text}`);
  assert.equal(response.headers.get('cache-control'), 'no-store');
  answered.add(`${method} ${as} ${response.status}`);
  return answer;
}

const worry = (change = {}) => ({
  subject: 'child', danger: 'none',
  account: { what_seen: 'No coat again, and hungry.', where_seen: 'At the gate.', worry: 'Nobody looks after him.' },
  people: [{ name: 'Jay Qzmarker', age: '9' }],
  reporter: { name: 'Wilma Tarrant', post: 'Deputy head', telephone: '01632 960210', reach: 'ring' }, ...change,
});

async function make(visitor, { name, organisation, scopes, year = String(new Date().getFullYear() + 1), month = '1' }) {
  await visitor.page.locator('#name').fill(name);
  await visitor.page.locator('#organisation').fill(organisation);
  for (const scope of scopes) await visitor.page.getByLabel(scope, { exact: true }).check();
  await visitor.fill({ Day: '31', Month: month, Year: year });
  await visitor.press('Make the token');
}

test('an administrator makes a token for one front door; it is shown once', async () => {
  pat = await signIn('pat.lindqvist@demo.example');
  await pat.go('/settings');
  await pat.page.locator('.kith-card__title a').filter({ hasText: 'Plymouth' }).click();
  await pat.press('Tokens for other systems');
  await pat.press('Make the token');
  assert.equal(pat.status, 422);
  await pat.lookAtWidths('tokens-errors');
  await make(pat, { name: 'Office system', organisation: 'Larkspur Primary School', scopes: ['Send worries'], year: '2099' });
  assert.equal(pat.status, 422, 'at most a year');
  assert.equal(await pat.page.locator('#organisation').inputValue(), 'Larkspur Primary School', 'what was typed is kept');
  await make(pat, { name: 'Office system', organisation: 'Larkspur Primary School', scopes: [] });
  assert.equal(pat.status, 200);
  tokens.school = await pat.page.locator('.kith-once').innerText();
  assert.match(tokens.school, /^kith_[0-9A-HJKMNP-TV-Z]{52}$/);
  await pat.lookAtWidths('tokens-made');
  await make(pat, { name: 'Wallboard', organisation: 'Plymouth', scopes: ['Read what waits'] });
  tokens.wallboard = await pat.page.locator('.kith-once').innerText();
  await pat.go(new URL(pat.page.url()).pathname);
  assert.ok(!(await pat.page.content()).includes('kith_'), 'shown once');
  await pat.lookAtWidths('tokens');
});

test('a school’s system sends a worry; it is in the duty queue, and a manager decides it', async () => {
  clause('PLY-021');
  const fits = ajv.getSchema('kith#/components/schemas/NewConcern');
  assert.ok(fits(worry()), ajv.errorsText(fits.errors));
  const sent = await ask('post', '/api/v1/concerns', { token: tokens.school, key: 'a-1', body: worry() });
  assert.equal(sent.status, 201);
  const again = await ask('post', '/api/v1/concerns', { token: tokens.school, key: 'a-1', body: worry() });
  assert.equal(again.text, sent.text, 'one key, one concern, one answer');

  const jo = await signIn('jo.marsh@demo.example');
  const heading = jo.page.locator('.kith-queue__title a').filter({ hasText: 'Jay Qzmarker' });
  assert.equal(await heading.count(), 1);
  await heading.click();
  await jo.lookOver();
  assert.match(await jo.text(), new RegExp(`${sent.json.reference}`));
  assert.match(await jo.text(), /Told in their job:\s*Wilma Tarrant, Deputy head, Larkspur Primary School/);
  await jo.look('told-by-another-system');
  await jo.page.getByLabel('No action', { exact: true }).check();
  for (const box of await jo.page.locator('[name=earlier_read]').all()) await box.check();
  await jo.page.locator('[name=reasons]').fill('The school sees to it, and tells us if it comes again.');
  const before = (await ask('get', '/api/v1/queue', { token: tokens.wallboard })).json;
  assert.equal(before.lines.find((line) => line.reference === sent.json.reference).stands, 'waiting');
  await jo.page.getByRole('button', { name: /^Decide/ }).first().click();
  await jo.page.waitForLoadState('load');
  await jo.lookOver();
  const after = (await ask('get', '/api/v1/queue', { token: tokens.wallboard })).json;
  assert.notEqual(after.lines.find((line) => line.reference === sent.json.reference)?.stands, 'waiting');
  await jo.close();
});

test('the queue is in outline, and what is not for the token is not there', async () => {
  const queue = await ask('get', '/api/v1/queue', { token: tokens.wallboard });
  assert.ok(queue.json.lines.length > 0);
  assert.doesNotMatch(queue.text, /Qzmarker|Tarrant|Larkspur|Marsh/);
  const [first] = queue.json.lines;
  const line = await ask('get', `/api/v1/queue/${first.reference}`, { token: tokens.wallboard, as: '/api/v1/queue/{reference}' });
  assert.equal(line.json.reference, first.reference);
  await ask('get', '/api/v1/queue/W-ZZZZZ', { token: tokens.wallboard, as: '/api/v1/queue/{reference}' });
});

test('every refusal is a problem that the description knows', async () => {
  const send = (more) => ask('post', '/api/v1/concerns', { token: tokens.school, key: 'b-1', body: worry(), ...more });
  assert.equal((await send({ token: undefined })).status, 401);
  assert.equal((await send({ token: tokens.wallboard })).status, 403);
  assert.equal((await send({ key: undefined })).status, 400);
  assert.equal((await send({ body: '{"subject":1e999}' })).status, 400);
  assert.equal((await send({ key: 'a-1', body: worry({ danger: 'unsure', must_not_see: 'Somebody' }) })).status, 409);
  assert.equal((await send({ type: 'text/plain' })).status, 415);
  const wrong = await send({ body: worry({ danger: 'yes', mood: 'bad', account: { what_seen: 3 } }) });
  assert.equal(wrong.status, 422);
  assert.deepEqual(wrong.json.errors.map((one) => one.pointer), ['#/danger', '#/account/what_seen', '#/mood']);
  for (const path of ['/api/v1/queue', '/api/v1/queue/{reference}']) {
    const there = path.replace('{reference}', 'W-ZZZZZ');
    assert.equal((await ask('get', there, { as: path })).status, 401);
    assert.equal((await ask('get', there, { as: path, token: tokens.school })).status, 403);
  }
  let slowed;
  for (let n = 0; n < 300 && slowed?.status !== 429; n += 1) slowed = await ask('get', '/api/v1/queue', { token: tokens.wallboard });
  assert.equal(slowed.status, 429);
  assert.match(slowed.headers.get('retry-after'), /^[12]$/);
  const long = await fetch(`${server.origin}/api/v1/concerns`, {
    method: 'POST', headers: { authorization: `Bearer ${tokens.school}`, 'content-type': 'application/json' }, body: ' '.repeat(300_000),
  });
  assert.equal(long.status, 413);
});

test('a revoked token is refused at once, without script', async () => {
  const plain = await signIn('pat.lindqvist@demo.example', { script: false });
  await plain.go(new URL(pat.page.url()).pathname);
  await plain.page.locator('.kith-card').filter({ hasText: 'Larkspur' }).locator('summary').click();
  await plain.press('Revoke now Office system');
  assert.match(await plain.text(), /Revoked/);
  await plain.lookAtWidths('tokens-revoked');
  assert.equal((await ask('post', '/api/v1/concerns', { token: tokens.school, key: 'c-1', body: worry() })).status, 401);
  await plain.close();
  await pat.close();
});

test('no token is in the log', () => {
  assert.ok(answered.size >= 14, [...answered].join(', '));
  for (const token of Object.values(tokens)) assert.ok(!server.output.includes(token.slice(5, 25)));
});
