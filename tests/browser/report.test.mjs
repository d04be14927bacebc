// What anyone does: tells a worry about a child, a group and a place, with and without script, by keyboard alone and on
// a small telephone; stops without sending; comes back by code.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clause, openBrowser, startServer, visit } from './harness.mjs';

let server, browser, plymouth, hackney;

before(async () => {
  server = await startServer();
  browser = await openBrowser();
  const visitor = await visit(browser, server.origin, { name: 'whoever looks for the doors' });
  await visitor.go('/');
  const links = await visitor.page.locator('a[href^="/at/"]').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
  plymouth = links.find((href) => href.includes('plymouth'));
  hackney = links.find((href) => href.includes('hackney'));
  await visitor.close();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const heading = (visitor) => visitor.page.locator('h1').innerText();

/** Presses Continue until the page with this heading stands there. */
async function onTo(visitor, words) {
  for (let n = 0; n < 25; n += 1) {
    if ((await heading(visitor)).includes(words)) return;
    await visitor.press('Continue');
  }
  assert.fail(`never came to ${words}`);
}

async function write(visitor, name, words) {
  await visitor.page.locator(`[name="${name}"]`).first().fill(words);
}

async function choose(visitor, name, value) {
  await visitor.page.locator(`input[name="${name}"][value="${value}"]`).check();
}

async function answer(visitor, name, words) {
  await write(visitor, name, words);
  await visitor.press('Continue');
}

async function beginAboutChild(visitor, danger = 'no') {
  await visitor.go(plymouth);
  await visitor.press('A child, or a family');
  await choose(visitor, 'subject', 'child');
  await visitor.press('Continue');
  await choose(visitor, 'danger', danger);
  await visitor.press('Continue');
}

async function tellChild(visitor) {
  await beginAboutChild(visitor);
  await answer(visitor, 'what_seen', 'A boy cries every night in the flat under mine.');
  await answer(visitor, 'where_seen', 'Larch Terrace');
  await answer(visitor, 'when_seen', 'Most nights');
  await answer(visitor, 'worry', 'That he is left alone.');
}

async function send(visitor) {
  await visitor.press('Send');
  const code = await visitor.page.locator('.kith-code').innerText();
  assert.match(code, /^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$/);
  return code;
}

test('every first page shows 999 first, and then whom to ring', async () => {
  clause('PLY-026', 'HAC-018', 'PLY-018', 'HAC-016');
  for (const script of [true, false]) {
    const visitor = await visit(browser, server.origin, { script });
    for (const path of [plymouth, hackney]) {
      await visitor.go(path);
      const text = await visitor.text();
      assert.ok(text.indexOf('999') >= 0 && text.indexOf('999') < text.indexOf('Tell us about a worry'));
      assert.match(text, /01632 960/);
    }
    assert.doesNotMatch(await visitor.text(), /Plymouth/, 'Hackney says its own words only');
    await visitor.go(plymouth);
    await visitor.lookAtWidths('first');
    await visitor.close();
  }
});

for (const [width, script] of [[1280, true], [320, false]]) {
  test(`a worry about a child is told and come back to, ${width} wide, ${script ? 'with' : 'without'} script`, async () => {
    clause('PLY-016', 'PLY-020', 'PLY-032', 'PLY-035', 'PLY-036');
    const visitor = await visit(browser, server.origin, { width, script });
    await visitor.go(plymouth);
    await visitor.press('A child, or a family');
    await visitor.press('Continue');
    assert.equal(visitor.status, 422, 'the kind is asked for');
    await choose(visitor, 'subject', 'child');
    await visitor.look('report-start');
    await visitor.press('Continue');
    await visitor.look('report-danger');
    await choose(visitor, 'danger', 'no');
    await visitor.press('Continue');
    await visitor.press('Continue');
    assert.equal(visitor.status, 422);
    await visitor.look('report-what-empty');
    await answer(visitor, 'what_seen', 'A boy cries every night in the flat under mine.');
    await visitor.press('I do not know');
    await answer(visitor, 'when_seen', 'Most nights');
    await answer(visitor, 'worry', 'That he is left alone.');
    await visitor.look('report-how');
    await visitor.press('Continue');
    await choose(visitor, 'names_known', 'yes');
    await visitor.press('Continue');
    await visitor.press('Continue');
    assert.equal(visitor.status, 422, 'a name said to be known is asked for');
    await write(visitor, 'person_name', 'Jay');
    await visitor.press('Add another person');
    await visitor.look('report-people');
    assert.equal(await visitor.page.locator('[name="person_name"]').first().inputValue(), 'Jay');
    await visitor.press('That is all I know');
    assert.match(await heading(visitor), /Pictures and documents/, 'what they have to show is still asked for');
    await visitor.press('Continue');
    await choose(visitor, 'source', 'community');
    await visitor.press('Continue');
    await write(visitor, 'reporter_name', 'Robin Wren');
    await write(visitor, 'reporter_phone', '01632 960 777');
    await visitor.look('report-contact');
    await visitor.press('Continue');
    await visitor.look('report-reach');
    await visitor.press('Continue');
    assert.ok(await visitor.page.locator('input[name="name_me"][value="no"]').isChecked(), 'no, unless they say yes');
    await visitor.press('Continue');
    await visitor.press('Continue');
    assert.match(await heading(visitor), /Check/);
    assert.match(await visitor.text(), /the flat under mine/);
    await visitor.page.locator('input[name="mark"]').first().check();
    await visitor.look('report-check');
    const code = await send(visitor);
    await visitor.look('report-sent');
    assert.match(await visitor.text(), /within one hour/);

    await visitor.press('Come back with a code');
    await write(visitor, 'code', 'AAAA-BBBB-CCCC-DDDD-EEEE');
    await visitor.press('Continue');
    assert.equal(visitor.status, 422);
    await write(visitor, 'code', ` ${code.toLowerCase().replaceAll('-', ' ')} `);
    await visitor.press('Continue');
    assert.ok(!visitor.page.url().includes(code), 'the code is in no address');
    await answer_thread(visitor);
    await visitor.look('thread');
    await visitor.close();
  });
}

async function answer_thread(visitor) {
  await write(visitor, 'words', 'I saw him this morning.');
  await visitor.press('Send');
  const text = await visitor.text();
  assert.match(text, /I saw him this morning/);
  assert.match(text, /cannot/, 'why we cannot say more');
  assert.doesNotMatch(text, /assessment|no action|decided to/i);
}

test('an emergency holds the form, keeps what was typed, and goes on once they say they rang', async () => {
  clause('PLY-026');
  const visitor = await visit(browser, server.origin, { width: 320 });
  await beginAboutChild(visitor);
  await answer(visitor, 'what_seen', 'A boy cries every night.');
  await visitor.go(`${plymouth}/report/danger`);
  await choose(visitor, 'danger', 'yes');
  await visitor.press('Continue');
  await visitor.look('report-emergency');
  await visitor.press('Continue');
  assert.equal(visitor.status, 422);
  await visitor.go(`${plymouth}/report/what`);
  assert.match(visitor.page.url(), /emergency/, 'held, whichever page they ask for');
  await choose(visitor, 'rung_999', 'will_ring');
  await visitor.press('Continue');
  assert.match(visitor.page.url(), /report\/what|report\/where/);
  await visitor.go(`${plymouth}/report/what`);
  assert.equal(await visitor.page.locator('[name="what_seen"]').inputValue(), 'A boy cries every night.', 'what was typed is kept');
  await visitor.close();
});

test('a group: those in it, who leads, who is forced, which adults', async () => {
  clause('HAC-022', 'HAC-025', 'HAC-026');
  const visitor = await visit(browser, server.origin, { width: 768, script: false });
  await visitor.go(hackney);
  await visitor.press('A group of young people');
  await choose(visitor, 'danger', 'no');
  await visitor.press('Continue');
  await answer(visitor, 'what_seen', 'Older boys make younger ones carry bags.');
  await answer(visitor, 'where_seen', 'The canal steps');
  await visitor.press('Continue');
  await answer(visitor, 'worry', 'They are afraid.');
  await onTo(visitor, 'Who are they?');
  await write(visitor, 'person_nickname', 'Peaches');
  await choose(visitor, 'person_part_1', 'forced');
  await visitor.press('Continue');
  await onTo(visitor, 'The group');
  await write(visitor, 'who_leads', 'A tall boy');
  await visitor.press('Continue');
  await choose(visitor, 'anyone_forced', 'yes');
  await visitor.look('report-forced');
  await visitor.press('Continue');
  await choose(visitor, 'adults_involved', 'yes');
  await write(visitor, 'adult_looks', 'A man in a white van');
  await visitor.look('report-adults');
  await visitor.press('Continue');
  await onTo(visitor, 'Check');
  assert.match(await visitor.text(), /Peaches/);
  await send(visitor);
  await visitor.close();
});

test('a place: what it is like and when, by keyboard alone', async () => {
  clause('HAC-027', 'HAC-029', 'HAC-031');
  const visitor = await visit(browser, server.origin, { width: 1280 });
  await visitor.go(hackney);
  const link = visitor.page.getByRole('link', { name: 'A place', exact: true });
  for (let n = 0; n < 40 && !(await link.evaluate((one) => one === document.activeElement)); n += 1) await visitor.page.keyboard.press('Tab');
  await Promise.all([visitor.page.waitForURL(/report\/start/), visitor.page.keyboard.press('Enter')]);
  await visitor.page.locator('input[name="danger"]').first().focus();
  await visitor.page.keyboard.press('ArrowDown');
  await Promise.all([visitor.page.waitForURL(/report\/what/), visitor.page.keyboard.press('Enter')]);
  await visitor.lookOver();
  await answer(visitor, 'what_seen', 'Men wait there for girls.');
  await answer(visitor, 'place_name', 'The underpass');
  await visitor.press('Continue');
  await answer(visitor, 'worry', 'Somebody will be hurt.');
  await onTo(visitor, 'What the place is like');
  for (const value of ['lighting', 'seclusion', 'unmonitored']) await choose(visitor, 'design_features', value);
  await visitor.look('report-features');
  await visitor.press('Continue');
  await choose(visitor, 'times_of_day', 'night');
  await choose(visitor, 'weekdays', 'friday');
  await visitor.press('Continue');
  await onTo(visitor, 'Check');
  await visitor.look('report-check-place');
  await send(visitor);
  await visitor.close();
});

test('stopping for fear of who will know is reassured before anything is deleted', async () => {
  clause('HAC-005');
  const visitor = await visit(browser, server.origin, { width: 320 });
  await tellChild(visitor);
  await visitor.press('Stop without sending');
  await visitor.look('report-leave');
  await choose(visitor, 'leave_why', 'who_knows');
  await visitor.press('Continue');
  assert.match(await visitor.text(), /will not be told it was you/);
  await visitor.look('report-leave-worried');
  await visitor.press('Go back to what I typed');
  await visitor.press('Stop without sending');
  await choose(visitor, 'leave_why', 'other');
  await visitor.press('Continue');
  assert.match(await visitor.text(), /deleted/);
  await visitor.go(`${plymouth}/report/what`);
  assert.match(await heading(visitor), /no longer here/);
  await visitor.look('report-gone');
  await visitor.close();
});

test('going back, a second tab and sending twice lose nothing and make one code', async () => {
  clause('PLY-002', 'PLY-020');
  const visitor = await visit(browser, server.origin);
  await tellChild(visitor);
  await visitor.go(`${plymouth}/report/what`);
  assert.match(await visitor.page.locator('textarea').inputValue(), /cries every night/);
  const second = await visitor.context.newPage();
  visitor.watch(second);
  await second.goto(new URL(`${plymouth}/report/when`, server.origin).href);
  await second.locator('textarea').fill('Every night');
  await Promise.all([second.waitForURL(/report\/worry/), second.getByRole('button', { name: 'Continue' }).click()]);
  await visitor.go(`${plymouth}/report/check`);
  assert.match(await visitor.text(), /Every night/);
  const form = await visitor.page.locator('input[name="form_token"]').first().inputValue();
  const post = () => visitor.page.evaluate(([path, token]) => fetch(path, {
    method: 'POST', body: new URLSearchParams({ form_token: token, go: 'send' }),
  }).then((response) => response.text()), [`${plymouth}/report/check`, form]);
  const codes = [];
  for (const html of [await post(), await post()]) codes.push(html.match(/kith-code">([^<]+)</)?.[1]);
  assert.ok(codes[0]);
  assert.equal(codes[0], codes[1]);
  await visitor.close();
});

test('young people have their own way in, Childline, and no promise of a secret', async () => {
  const visitor = await visit(browser, server.origin, { width: 320 });
  await visitor.go(plymouth);
  await visitor.press('I am under 18 and it is about me or a friend');
  const text = await visitor.text();
  assert.match(text, /0800 1111/);
  assert.match(text, /We may have to tell someone to keep you safe/);
  await visitor.lookAtWidths('young');
  await visitor.press('Me');
  await visitor.look('young-danger');
  await visitor.close();
});

test('the pages about us stand for each area', async () => {
  const visitor = await visit(browser, server.origin, { width: 320 });
  for (const path of ['privacy', 'complaints', 'accessibility', 'languages', 'come-back']) {
    await visitor.go(`/${path}`);
    await visitor.look(`about-${path}`);
  }
  await visitor.close();
});
