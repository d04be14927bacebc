// Pictures and documents, from a telephone to the manager's screen: added with and without script, refused in clear words,
// taken away again; looked at as copies that hide nothing; shut away unseen. The files are made here.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { clause, openBrowser, pause, startServer, visit } from './harness.mjs';
import { signIn as signInAs, signedIn } from './people.mjs';

const marker = 'qzVx7kPmHd77rLw';
const words = 'A boy sits alone on the steps every evening, picture adventure 4417.';
let server, browser, plymouth, photo, letter, own, film;

/** A JPEG as a telephone makes it: where it was taken and whose telephone it is stand in it. */
function withGps(jpeg) {
  const entry = (tag, type, count, value) => {
    const out = Buffer.alloc(12);
    out.writeUInt16BE(tag, 0); out.writeUInt16BE(type, 2); out.writeUInt32BE(count, 4); value.copy(out, 8);
    return out;
  };
  const number = (n) => { const out = Buffer.alloc(4); out.writeUInt32BE(n); return out; };
  const make = Buffer.from(`${marker}\0`);
  // Header 8, first directory 2+2*12+4 at 8, its text at 38, the GPS directory behind it.
  const gpsAt = 38 + make.length + (make.length % 2);
  const latitude = Buffer.alloc(24);
  [50, 1, 22, 1, 1477, 100].forEach((n, i) => latitude.writeUInt32BE(n, 4 * i));
  const tiff = Buffer.concat([
    Buffer.from('MM\0\x2A', 'latin1'), number(8),
    Buffer.from([0, 2]), entry(0x010f, 2, make.length, number(38)), entry(0x8825, 4, 1, number(gpsAt)), number(0),
    make, Buffer.alloc(make.length % 2),
    Buffer.from([0, 2]), entry(1, 2, 2, Buffer.from('N\0\0\0', 'latin1')), entry(2, 5, 3, number(gpsAt + 30)), number(0), latitude,
  ]);
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.alloc(4);
  head.writeUInt16BE(0xffe1, 0); head.writeUInt16BE(exif.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)]);
}

before(async () => {
  server = await startServer({ args: ['--seed', '9', '--worries', '3'] });
  browser = await openBrowser();
  const maker = await (await browser.newContext()).newPage();
  await maker.setContent('<h1>A letter from the landlord</h1><p>Second notice.</p>');
  letter = await maker.pdf({ format: 'A4' });
  const url = await maker.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#287'; pen.fillRect(0, 0, 640, 480); pen.fillStyle = '#fd5'; pen.fillRect(120, 90, 200, 160);
    return canvas.toDataURL('image/jpeg', 0.9);
  });
  photo = withGps(Buffer.from(url.split(',')[1], 'base64'));
  await maker.context().close();
  own = mkdtempSync(join(tmpdir(), 'kith-pictures-'));
  film = join(own, 'film.jpg');
  writeFileSync(film, Buffer.concat([photo, Buffer.alloc(21 * 1024 * 1024)]));
  const visitor = await visit(browser, server.origin);
  await visitor.go('/');
  plymouth = await visitor.page.locator('a[href^="/at/plymouth"]').first().getAttribute('href');
  await visitor.close();
});

after(async () => {
  await browser?.close();
  await server?.stop();
  if (own) rmSync(own, { recursive: true, force: true });
});

const heading = (visitor) => visitor.page.locator('h1').innerText();
const file = (name, buffer, mimeType = 'image/jpeg') => ({ name, mimeType, buffer });
const choose = (visitor, ...files) => visitor.page.locator('input[type=file]').setInputFiles(files);
const listed = (visitor) => visitor.page.locator('li .kith-typed').allInnerTexts();

async function begin(visitor, door) {
  await visitor.go(plymouth);
  await visitor.press(door);
  if (door === 'A child, or a family') {
    await visitor.page.locator('input[name="subject"][value="child"]').check();
    await visitor.press('Continue');
  }
  await visitor.page.locator('input[name="danger"][value="no"]').check();
  await visitor.press('Continue');
}

/** Answers what must be answered and goes on until this page. */
async function onTo(visitor, title) {
  for (let n = 0; n < 30; n += 1) {
    if ((await heading(visitor)).includes(title)) return;
    for (const area of await visitor.page.locator('textarea[name], input[type=text][name]').all())
      if (await area.inputValue() === '' && ['what_seen', 'worry', 'place_name', 'where_seen', 'group_behaviour'].includes(await area.getAttribute('name')))
        await area.fill(words);
    await visitor.press('Continue');
  }
  assert.fail(`never came to ${title}`);
}

const signIn = (who, options) => signedIn(browser, server, who, options);

function onDisk(wanted) {
  const all = (folder) => readdirSync(folder, { withFileTypes: true })
    .flatMap((one) => (one.isDirectory() ? all(join(folder, one.name)) : one.isFile() ? [join(folder, one.name)] : []));
  return all(server.data).filter((path) => readFileSync(path).includes(wanted));
}

for (const door of ['A child, or a family', 'A group of young people', 'A place']) {
  test(`${door}: the page for pictures comes, says what not to send, and nothing need be added`, async () => {
    const visitor = await visit(browser, server.origin);
    await begin(visitor, door);
    await onTo(visitor, 'Pictures and documents');
    assert.match(await visitor.text(), /Do not send naked or sexual pictures of anyone under 18\. Tell us what you saw\./);
    await visitor.press('Continue');
    assert.doesNotMatch(await heading(visitor), /Pictures/);
    await visitor.close();
  });
}

for (const [width, script] of [[320, false], [1280, true]]) {
  test(`pictures are added, refused, taken away and kept, ${width} wide, ${script ? 'with' : 'without'} script`, async () => {
    const visitor = await visit(browser, server.origin, { width, script });
    await begin(visitor, 'A child, or a family');
    await onTo(visitor, 'Pictures and documents');
    await visitor.look('report-files');
    await visitor.press('Add and stay here');
    assert.equal(visitor.status, 422, 'nothing was chosen');

    await choose(visitor, file('kitchen.jpg', photo), file('letter.pdf', letter, 'application/pdf'));
    await visitor.press('Add and stay here');
    assert.deepEqual((await listed(visitor)).map((one) => one.split(',')[0]), ['kitchen.jpg', 'letter.pdf']);
    assert.deepEqual(onDisk(marker), [], 'sealed before it lies anywhere');

    await choose(visitor, file('sound.mp3', Buffer.from('ID3\x03\0\0\0', 'latin1'), 'audio/mpeg'),
      file('note.txt', Buffer.from('He said he walks home alone.'), 'text/plain'), file('nothing.jpg', Buffer.alloc(0)));
    await visitor.press('Add and stay here');
    assert.equal(visitor.status, 422);
    assert.match(await visitor.text(), /sound\.mp3: We cannot take this kind/);
    assert.match(await visitor.text(), /nothing\.jpg: There is nothing in this file/);
    assert.equal((await listed(visitor)).length, 3, 'what was right is kept');
    await visitor.look('report-files-refused');

    await visitor.page.locator('input[type=file]').setInputFiles(film);
    await visitor.press('Continue');
    assert.equal(visitor.status, 422);
    assert.match(await visitor.text(), /film\.jpg: This is larger than 20 MB/);
    assert.equal((await listed(visitor)).length, 3);

    await visitor.press('Take away note.txt');
    assert.equal((await listed(visitor)).length, 2);
    await visitor.press('Continue');
    await onTo(visitor, 'Check what you tell us');
    assert.match(await visitor.text(), /kitchen\.jpg/);
    assert.match(await visitor.text(), /picture adventure 4417/, 'everything typed is kept');
    await visitor.look('report-check-files');
    await visitor.page.locator('a[href*="/report/files"]').first().click();
    await visitor.page.waitForLoadState('load');
    await visitor.press('Continue');
    assert.match(await heading(visitor), /Check/, 'and back again');
    await visitor.press('Send');
    assert.match(await visitor.page.locator('.kith-code').innerText(), /-/);
    await visitor.close();
  });
}

test('a body that breaks off or lies leaves the page and everything typed', async () => {
  const visitor = await visit(browser, server.origin);
  await begin(visitor, 'A child, or a family');
  await onTo(visitor, 'Pictures and documents');
  const cookies = (await visitor.context.cookies()).map((one) => `${one.name}=${one.value}`).join('; ');
  const token = await visitor.page.locator('[name=form_token]').first().inputValue();
  const post = (body, type = 'multipart/form-data; boundary=xyz') => fetch(visitor.page.url(), { method: 'POST', body, redirect: 'manual',
    headers: { 'content-type': type, cookie: cookies } });
  const part = (name, value, more = '') => `--xyz\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;

  const broken = await post(part('form_token', token) + part('files', 'words of a note', '; filename="a.txt"') + '--xyz\r\nnonsense');
  assert.equal(broken.status, 422);
  const said = await broken.text();
  assert.match(said, /Not everything arrived/);
  assert.match(said, /a\.txt/, 'what came whole is listed');
  const nothing = await post('this is no form at all');
  assert.equal(nothing.status, 422);
  assert.match(await nothing.text(), /Not everything arrived/);

  const foreign = await post(part('form_token', 'guessed') + part('files', 'words', '; filename="b.txt"') + '--xyz--\r\n');
  assert.notEqual(foreign.status, 303);
  const late = await post(part('files', 'words', '; filename="c.txt"') + part('form_token', token) + '--xyz--\r\n');
  assert.ok([200, 303, 404, 422].includes(late.status));
  await visitor.go(visitor.page.url());
  assert.deepEqual((await listed(visitor)).map((one) => one.split(',')[0]), ['a.txt'], 'nothing came in without its token before it');
  await visitor.close();
});

test('a manager looks at copies that hide nothing, saves the original on the way in, and shuts one away', async () => {
  clause('PLY-015', 'HAC-014');
  const jo = await signIn('jo.marsh@demo.example');
  const line = jo.page.locator('.kith-queue__item').filter({ hasText: 'picture adventure 4417' }).first();
  await jo.go(await line.locator('.kith-queue__title a').getAttribute('href'));
  const concern = jo.page.url();
  assert.equal(await jo.page.locator('#files').innerText(), 'Pictures and documents');
  assert.equal(await jo.page.locator('img[src*="/files/"]').count(), 0, 'nothing is shown by itself');
  assert.doesNotMatch(await jo.text(), /kitchen\.jpg/, 'names are sealed with who told');
  for (let n = 0; n < 60 && !/A copy to look at[\s\S]*A copy to look at/.test(await jo.text()); n += 1) {
    await pause(500);
    await jo.go(concern);
  }
  await jo.lookAtWidths('concern-files');

  await jo.press('Look at Picture 1, JPEG');
  await jo.lookAtWidths('file');
  const picture = jo.page.locator('img.kith-picture').first();
  assert.deepEqual(await picture.evaluate((img) => [img.complete, img.naturalWidth, img.naturalHeight]), [true, 640, 480]);
  const [copy] = await Promise.all([jo.page.waitForResponse((one) => one.url().endsWith('/pages/1')), jo.page.reload()]);
  assert.equal(copy.headers()['content-type'], 'image/jpeg');
  assert.equal(copy.headers()['x-content-type-options'], 'nosniff');
  assert.equal(copy.headers()['cache-control'], 'no-store');
  assert.match(copy.headers()['content-security-policy'], /default-src 'none'/);
  const bytes = await copy.body();
  assert.ok(!bytes.includes(marker) && !bytes.includes('Exif'), 'no camera, no place');
  const looked = jo.page.url();

  await jo.page.locator('summary', { hasText: 'The file as it came' }).click();
  const [download] = await Promise.all([jo.page.waitForEvent('download'), jo.page.getByRole('button', { name: 'Save the file as it came' }).click()]);
  assert.equal(download.suggestedFilename(), 'kitchen.jpg');
  assert.ok(readFileSync(await download.path()).equals(photo), 'byte for byte');

  await jo.go(concern);
  await jo.press('Look at Document 2, PDF');
  assert.ok(await jo.page.locator('img.kith-picture').count() >= 1, 'a document as pictures of its pages');
  await jo.look('file-pdf');

  for (const who of [await signIn('dilys.varga@demo.example'), await visit(browser, server.origin)]) {
    const seen = [];
    for (const path of [looked, looked.replace(/.$/, (last) => (last === '0' ? '4' : '0'))]) {
      await who.go(path);
      seen.push([who.status, await who.page.locator('h1').innerText(), new URL(who.page.url()).pathname === '/sign-in' || (await who.text()).length]);
    }
    assert.deepEqual(seen[0], seen[1], 'absent and not for you look the same');
    assert.ok(seen[0][0] === 404 || seen[0][2] === true, 'and nothing of it is shown');
    await who.close();
  }

  await jo.go(concern);
  await jo.press('Shut away unseen Document 2, PDF');
  assert.match(await jo.text(), /Ring the police/);
  await jo.lookAtWidths('quarantine');
  await jo.page.locator('[name=quarantine_why]').fill('Not sure about the second page.');
  await jo.press('Shut it away');
  assert.match(await jo.text(), /Nobody looks at it here/);
  assert.match(await jo.text(), /Ring the police now/);
  assert.equal(await jo.page.locator('img.kith-picture').count(), 0);
  await jo.look('file-quarantined');
  await jo.go(`${jo.page.url().split('?')[0]}/pages/1`);
  assert.equal(jo.status, 404);
  await jo.go(concern);
  assert.equal(await jo.page.getByRole('link', { name: 'Look at Document 2, PDF' }).count(), 1);
  assert.equal(await jo.page.getByRole('link', { name: /Shut away unseen Document 2/ }).count(), 0);
  assert.match(await jo.text(), /Not sure about the second page/);
  await jo.close();
  assert.deepEqual(onDisk(marker), []);
});

async function comeBack(visitor, code) {
  await visitor.go('/come-back');
  await visitor.page.locator('#code').fill(code);
  await visitor.press('Continue');
}

let sam;
/** A call, to which no picture can come. Answers its code. */
async function tell(about) {
  if (!sam) await signInAs(sam = await visit(browser, server.origin, { name: 'Sam', script: false }), 'Sam Oduya', '/calls/new');
  else await sam.go('/calls/new');
  await sam.page.locator('#what_seen').fill(about);
  await sam.page.getByRole('button', { name: /^Hand/ }).click();
  await sam.page.waitForSelector('#return-code');
  return (await sam.page.locator('#return-code').innerText()).trim();
}

async function toWorry(manager, about) {
  await manager.go('/queue');
  const line = manager.page.locator('.kith-queue__item').filter({ hasText: about }).first();
  await manager.go(await line.locator('.kith-queue__title a').getAttribute('href'));
}

for (const [width, script] of [[320, false], [1280, true]]) {
  test(`whoever comes back adds pictures as in a report, ${width} wide, ${script ? 'with' : 'without'} script`, async () => {
    clause('PLY-020');
    const code = await tell(`He waits at the gate until dark, gate ${width}.`);
    const visitor = await visit(browser, server.origin, { width, script });
    await comeBack(visitor, code);
    await visitor.press('Add pictures or documents');
    assert.match(await visitor.text(), /Do not send naked or sexual pictures of anyone under 18\. Tell us what you saw\./);
    for (const button of ['Add and stay here', 'Send them']) {
      await visitor.press(button);
      assert.equal(visitor.status, 422, 'nothing was chosen');
      assert.match(await visitor.text(), /Choose a picture or a document to send/);
    }
    await choose(visitor, file('gate.jpg', photo), file('sound.mp3', Buffer.from('ID3\x03\0\0\0', 'latin1'), 'audio/mpeg'), file('note.txt', Buffer.from('Every day.'), 'text/plain'));
    await visitor.press('Send them');
    assert.equal(visitor.status, 422);
    assert.match(await visitor.text(), /sound\.mp3: We cannot take this kind/);
    assert.equal((await listed(visitor)).length, 2, 'what was right is kept, and nothing is sent before it is seen');
    assert.deepEqual(onDisk(marker), [], 'sealed before it lies anywhere');
    await visitor.page.locator('input[type=file]').setInputFiles(film);
    await visitor.press('Add and stay here');
    assert.match(await visitor.text(), /film\.jpg: This is larger than 20 MB/);
    await visitor.press('Take away note.txt');
    assert.deepEqual((await listed(visitor)).map((one) => one.split(',')[0]), ['gate.jpg']);
    if (script) await visitor.lookAtWidths('come-back-files'); else await visitor.look('come-back-files');
    await visitor.press('Go back without sending');
    assert.match(await visitor.text(), /You have added 1 picture or document, not sent yet\./);
    await visitor.press('Look at them, add more, and send them');
    await visitor.press('Send them');
    assert.match(await visitor.text(), /We have what you sent\./);
    assert.match(await visitor.text(), /You added, [\s\S]*1 picture or document/);
    assert.doesNotMatch(await visitor.text(), /gate\.jpg|not sent yet/, 'no name, and nothing left over');
    if (script) await visitor.lookAtWidths('come-back-files-sent'); else await visitor.look('come-back-files-sent');
    await visitor.close();
  });
}

test('adding by code keeps what came whole, and gives nothing to whoever has no code', async () => {
  const visitor = await visit(browser, server.origin);
  await comeBack(visitor, await tell('She carries all the shopping alone.'));
  await visitor.press('Add pictures or documents');
  const url = visitor.page.url();
  const cookies = (await visitor.context.cookies()).map((one) => `${one.name}=${one.value}`).join('; ');
  const token = await visitor.page.locator('[name=form_token]').first().inputValue();
  const post = (body, cookie = cookies) => fetch(url, { method: 'POST', body, redirect: 'manual',
    headers: { 'content-type': 'multipart/form-data; boundary=xyz', cookie } });
  const part = (name, value, more = '') => `--xyz\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
  const broken = await post(part('form_token', token) + part('files', 'words of a note', '; filename="a.txt"') + '--xyz\r\nnonsense');
  assert.equal(broken.status, 422);
  assert.match(await broken.text(), /Not everything arrived[\s\S]*a\.txt/);
  const foreign = await post(part('form_token', 'guessed') + part('files', 'words', '; filename="b.txt"') + '--xyz--\r\n');
  assert.equal(foreign.status, 422);
  const late = await post(part('files', 'words', '; filename="c.txt"') + part('form_token', token) + '--xyz--\r\n');
  assert.equal(late.status, 422);
  const without = await post(part('form_token', token) + part('files', 'words', '; filename="d.txt"') + '--xyz--\r\n', '');
  assert.equal(without.status, 422);
  assert.match(await without.text(), /Put your code in again/);
  const nobody = await fetch(url, { redirect: 'manual' }), wrong = await fetch(url, { redirect: 'manual', headers: { cookie: 'kith-code=00' } });
  assert.deepEqual([nobody.status, nobody.headers.get('location')], [wrong.status, wrong.headers.get('location')]);
  assert.equal(nobody.headers.get('location'), '/come-back');
  await visitor.go(url);
  assert.deepEqual((await listed(visitor)).map((one) => one.split(',')[0]), ['a.txt'], 'nothing came in without its token before it');
  await visitor.close();
});

test('after the answer a file as it came opens for a custodian and a second person, for the police too', async () => {
  clause('PLY-015', 'HAC-014');
  const about = 'The lights are off all week, lamp 5512.';
  const code = await tell(about);
  const jo = await visit(browser, server.origin, { name: 'Jo' });
  await signInAs(jo, 'Jo Marsh');
  await toWorry(jo, about);
  const reference = (await jo.text()).match(/W-[0-9A-Z]{5}/)[0], worry = jo.page.url();
  await jo.page.getByLabel('Act', { exact: true }).check();
  await jo.page.getByLabel('Assessment', { exact: true }).check();
  await jo.page.locator('[name=reasons]').fill('Meets the threshold.');
  await jo.press('Decide and reply');
  const reporter = await visit(browser, server.origin, { name: 'reporter' });
  await comeBack(reporter, code);
  await reporter.press('Add pictures or documents');
  await choose(reporter, file('lamp.jpg', photo));
  await reporter.press('Send them');
  await reporter.close();
  await jo.go(worry);
  assert.match(await jo.text(), /They added[\s\S]*1 picture or document/);
  await jo.press('Look at Picture 1, JPEG');
  assert.equal(await jo.page.getByRole('button', { name: 'Save the file as it came', includeHidden: true }).count(), 0, 'the way in is closed');
  assert.match(await jo.text(), new RegExp(`A custodian can open it with a second person\\. Tell them: ${reference}, Picture 1`));
  await jo.lookAtWidths('file-afterwards');
  await jo.close();

  const asker = await visit(browser, server.origin, { name: 'Wren' });
  await signInAs(asker, 'Wren Achterberg', '/openings');
  await asker.page.getByLabel('The worry’s reference').fill(reference);
  await asker.page.getByLabel('A picture or document, as it came').check();
  await asker.page.getByLabel('Its number, for a picture or document').fill('7');
  await asker.page.getByLabel('The police ask who told').check();
  await asker.page.getByLabel('Why it is needed').fill('An inquiry');
  await asker.page.getByLabel('Who asks, and for which office').fill('DC Placeholder, an invented force');
  await asker.page.getByLabel('The power they claim').fill('An order of the court');
  await asker.page.getByLabel('Exactly what they ask for').fill('Picture 1 as it came');
  await asker.page.getByLabel('What the legal adviser said').fill('It is to be obeyed');
  await asker.press('Ask a second person');
  assert.equal(asker.status, 422);
  assert.match(await asker.text(), /Put the number of a picture or document of this worry/);
  await asker.lookAtWidths('openings-original-errors');
  await asker.page.getByLabel('Its number, for a picture or document').fill('1');
  await asker.press('Ask a second person');
  const second = await visit(browser, server.origin, { name: 'Idris', script: false });
  await signInAs(second, 'Idris Calloway', '/openings');
  assert.match(await second.text(), /Picture 1, JPEG, as it came/);
  await second.page.getByRole('button', { name: /^Agree/ }).click();
  await second.page.getByText('Agreed', { exact: true }).waitFor();
  await second.close();
  await asker.go('/openings');
  assert.equal(await asker.page.getByRole('button', { name: /^Open who told\s+W-/ }).count(), 0, 'it does not open who told');
  await asker.lookAtWidths('openings-original-agreed');
  const [download] = await Promise.all([asker.page.waitForEvent('download'), asker.page.getByRole('button', { name: /^Save Picture 1 as it came/ }).click()]);
  assert.equal(download.suggestedFilename(), 'lamp.jpg');
  assert.ok(readFileSync(await download.path()).equals(photo), 'byte for byte');
  await asker.go('/openings');
  assert.equal(await asker.page.getByRole('button', { name: /^Save Picture 1/ }).count(), 0, 'once');
  assert.match(await asker.text(), /Opened/);
  await asker.close();
  assert.deepEqual(onDisk(marker), []);
});
