// The harness can fail: each trouble once, on a page made for it.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { existsSync, rmSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { openBrowser, visit } from './harness.mjs';

const page = (body, head = '') => `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">${head}</head>
<body><main><h1>A page</h1>${body}</main></body></html>`;
const pages = {
  '/well': page('<p>Well.</p><p><a href="/next">Next</a></p><form action="/refused" method="post"><button style="min-height: 44px">Send</button></form>'),
  '/next': page('<p>Arrived.</p>'),
  '/unlabelled': page('<input name="x">'),
  '/throws': page('', '<script>throw new Error("broken")</script>'),
  '/complains': page('', '<script>console.error("sour")</script>'),
  '/leaves': page('', '<link rel="stylesheet" href="https://elsewhere.example/x.css">'),
  '/wide': page('<div style="width: 900px">wide</div>'),
  '/strict': page('<input name="x">'),
};
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'";
let server, browser, origin;

before(async () => {
  server = createServer((request, response) => {
    const path = request.url;
    const status = path === '/fails' ? 500 : path === '/refused' ? 422 : pages[path] ? 200 : 404;
    const headers = { 'Content-Type': 'text/html; charset=utf-8' };
    if (path === '/strict' || path === '/well') headers['Content-Security-Policy'] = policy;
    response.writeHead(status, headers).end(pages[path] ?? page('<p>Put this right.</p>'));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${server.address().port}`;
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  server.closeAllConnections();
  server.close();
});

async function refuses(path, expected, options) {
  const visitor = await visit(browser, origin, options);
  await assert.rejects(visitor.go(path), (error) => {
    assert.match(JSON.stringify(error.actual), expected);
    return true;
  });
  await visitor.context.close();
}

for (const script of [true, false]) {
  const how = script ? 'with script' : 'without script';
  test(`a good page passes ${how}`, async () => {
    const visitor = await visit(browser, origin, { script });
    await visitor.go('/well');
    await visitor.press('Next');
    assert.match(await visitor.text(), /Arrived/);
    await visitor.close();
  });
  test(`an unlabelled field fails ${how}, under a strict content policy too`, async () => {
    await refuses('/unlabelled', /axe label/, { script, width: 768 });
    await refuses('/strict', /axe label/, { script });
  });
}

test('a form that is refused with 422 is no trouble', async () => {
  const visitor = await visit(browser, origin);
  await visitor.go('/well');
  await visitor.press('Send');
  assert.equal(visitor.status, 422);
  await visitor.close();
});

test('a script that throws fails', () => refuses('/throws', /script: broken/));
test('a console error fails', () => refuses('/complains', /console: sour/));
test('a request that leaves the origin fails', () => refuses('/leaves', /left the origin for https:\/\/elsewhere.example/));
test('an answer of 500 fails', () => refuses('/fails', /500 for/));
test('a page wider than a telephone fails', () => refuses('/wide', /pixels wider than a 320-pixel screen/, { width: 320 }));

test('a picture is kept for each width', async () => {
  const visitor = await visit(browser, origin);
  await visitor.go('/next');
  const path = await visitor.look('harness');
  assert.ok(existsSync(path));
  rmSync(path);
  await visitor.close();
});
