// @ts-check
// Who runs the server: users, their roles, names, sessions and ends, the log of it all; and letters, where the host sends mail.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { audit } from './lib/audit.mjs';
import { eventually } from './lib/eventually.mjs';
import { World, password } from './lib/games.mjs';
import { sizes } from './lib/people.mjs';
import { quickMate } from './lib/quick.mjs';
import { Server } from './lib/server.mjs';
import { stage } from './lib/stage.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('./lib/games.mjs').Player} Player */
/** @typedef {import('./lib/people.mjs').Size} Size */

// No letter is sent here: that the host has a mail server is enough.
const mail = ['--smtp', '127.0.0.1:9', '--smtp-from', 'kibitz@example.org', '--public-url', 'http://kibitz.example.org'];
const world = stage('--engine', 'none', ...mail);
const allSizes = /** @type {Size[]} */ (Object.keys(sizes));

const program = process.env['KIBITZ_BIN'] ?? fileURLToPath(new URL('../../bin/kibitz', import.meta.url));

/** What the host types. @param {...string} words */
function host(...words) {
  const { status, stderr } = spawnSync(program, ['user', '--data', world().server.data, ...words], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
}

/** Somebody whom the host has made an admin. @param {string} name @param {import('./lib/people.mjs').Look} [look] */
async function adminNamed(name, look) {
  const player = await world().member(name, look);
  host('role', name, 'admin');
  await player.person.go('/');
  return player;
}

/** The names in the list of users. @param {Page} page */
const names = (page) => page.locator('.admin-users tbody a').allTextContents();

/** A block of the page of one user, by its heading. @param {Page} page @param {string} name */
const block = (page, name) => page.getByRole('region', { name, exact: true });

/** Fills the dialog that asks for the password, and sends it. @param {Page} page @param {string} label @param {string} [secret] */
async function confirm(page, label, secret = password) {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Your password, to confirm').fill(secret);
  await dialog.getByRole('button', { name: label, exact: true }).click();
}

/** What stands in the log, without the times. @param {Page} page */
const log = (page) => page.locator('.admin-log li > span').evaluateAll((all) => all.map((one) => one.textContent?.trim() ?? ''));

/** A test may see refusals. @param {Player} player */
const forgiveRefusals = ({ person }) => person.forgive(/Failed to load resource.*(401|403|404|422)/);

test('for everybody but admins there is nothing', async () => {
  const [visitor, member] = [await world().player(), await world().member('Nosy')];
  for (const { person } of [visitor, member]) {
    const { page } = person;
    await person.go('/nothing-here');
    await page.locator('.message').waitFor();
    const nothing = { title: await page.title(), main: await page.locator('main').innerHTML() };
    for (const path of ['/admin', '/admin/log', '/admin/users/Nosy', '/admin/nothing']) {
      await person.go(path);
      await page.locator('.message').waitFor();
      assert.deepEqual({ title: await page.title(), main: await page.locator('main').innerHTML() }, nothing, path);
    }
    await page.locator('.menu-button:visible').last().click();
    await page.locator('.menu-section').first().waitFor();
    assert.equal(await page.locator('a[href^="/admin"]').count(), 0);
  }
});

test('an admin finds somebody, changes role and name, looks at sessions, ends them and the account; all of it is in the log', async () => {
  const anna = await world().member('Anna');
  await world().member('Anton');
  const boss = await adminNamed('Boss');
  const { page } = boss.person;
  await page.getByRole('button', { name: 'Account, Boss' }).click();
  await page.getByRole('link', { name: 'Administration' }).click();
  await page.waitForURL((url) => url.pathname === '/admin');
  await eventually(async () => assert.deepEqual((await names(page)).filter((name) => /^An|^Boss/.test(name)), ['Anna', 'Anton', 'Boss']));

  await page.getByLabel('The name begins with').fill('an');
  await eventually(async () => assert.deepEqual(await names(page), ['Anna', 'Anton']));
  assert.equal(new URL(page.url()).search, '?prefix=an');
  await page.reload();
  await eventually(async () => assert.deepEqual(await names(page), ['Anna', 'Anton']));
  await page.getByLabel('The name begins with').fill('nobody-like-that');
  await page.getByText('There is no open account whose name begins like that.').waitFor();
  await page.getByLabel('The name begins with').fill('anna');
  await eventually(async () => assert.deepEqual(await names(page), ['Anna']));
  // By the keyboard alone to the page of the user, where the heading has the focus.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === '/admin/users/Anna');
  await eventually(async () => assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Anna'));

  await changeRole(page);
  await endSessions(page, anna);
  await giveName(page);
  await closeAccount(page);

  await page.getByRole('link', { name: 'Log', exact: true }).click();
  await page.locator('.admin-log li').first().waitFor();
  const [closed, renamed, ended, looked, role, refused] = await log(page);
  assert.match(closed ?? '', /^Boss closed the account: a closed account \(id \w+\)\.$/);
  assert.match(renamed ?? '', /^Boss gave a closed account \(id \w+\) another name\.$/);
  assert.match(ended ?? '', /^Boss signed a closed account \(id \w+\) out everywhere\.$/);
  assert.match(looked ?? '', /^Boss looked at the sessions of a closed account \(id \w+\)\.$/);
  assert.match(role ?? '', /^Boss gave a closed account \(id \w+\) the role Moderator\.$/);
  assert.equal(refused, 'The host gave Boss the role Admin.', 'a wrong password does nothing');
  forgiveRefusals(boss);
  forgiveRefusals(anna);
});

/** @param {Page} page */
async function changeRole(page) {
  const part = block(page, 'Role');
  await part.getByRole('radio', { name: 'Moderator' }).check();
  await part.getByRole('button', { name: 'Change the role' }).click();
  await confirm(page, 'Change the role', 'not this one');
  await page.getByRole('dialog').getByRole('alert').filter({ hasText: /\S/ }).waitFor();
  await confirm(page, 'Change the role');
  await part.getByText('Anna has the role Moderator now.').waitFor();
  await eventually(async () => assert.ok(await part.getByRole('button', { name: 'Change the role' }).isDisabled()));
}

/** @param {Page} page @param {Player} whose */
async function endSessions(page, whose) {
  const part = block(page, 'Sessions');
  assert.equal(await part.locator('li').count(), 0, 'nobody looks by chance');
  await part.getByRole('button', { name: 'Show where they are signed in' }).click();
  await part.getByText('127.0.0.1, last seen').waitFor();
  assert.equal(await part.locator('li').count(), 1);
  await part.getByRole('button', { name: 'Sign out everywhere' }).click();
  await confirm(page, 'Sign out everywhere');
  await part.getByText('1 session ended.').waitFor();
  await whose.person.go('/settings/account');
  await whose.person.page.getByText('You need an account for this.').waitFor();
}

/** @param {Page} page */
async function giveName(page) {
  await block(page, 'User name').getByRole('button', { name: 'Give another name' }).click();
  await page.getByRole('dialog').getByLabel('The new name').fill('Annette');
  await confirm(page, 'Give another name');
  await page.waitForURL((url) => url.pathname === '/admin/users/Annette');
  await page.getByRole('heading', { name: 'Annette', level: 1 }).waitFor();
  await page.getByText('Anna is Annette now.').waitFor();
}

/** @param {Page} page */
async function closeAccount(page) {
  await block(page, 'Close this account').getByRole('button').click();
  const dialog = page.getByRole('dialog');
  const go = dialog.getByRole('button', { name: 'Close this account for ever' });
  await dialog.getByLabel('Your password, to confirm').fill(password);
  await dialog.getByLabel('Type Annette to be sure').fill('Anna');
  assert.ok(await go.isDisabled(), 'another name is not enough');
  await dialog.getByLabel('Type Annette to be sure').fill('Annette');
  await go.click();
  await page.waitForURL((url) => url.pathname === '/admin');
  await eventually(async () => {
    const all = await names(page);
    assert.ok(all.includes('Boss') && !all.includes('Annette'), all.join());
  });
}

test('long lists come in parts', async () => {
  for (const name of ['Part_1', 'Part_2', 'Part_3', 'Part_4', 'Part_5']) host('add', name);
  const { person } = await adminNamed('Part_Boss');
  const { page } = person;
  /** @type {string[]} */
  const asked = [];
  await page.route(/\/admin\/(users|deeds)(\?|$)/, async (route) => {
    const url = new URL(route.request().url());
    asked.push(url.pathname);
    url.searchParams.set('limit', '2'); // the real server, with small parts
    await route.continue({ url: url.href });
  });
  await person.go('/admin?prefix=part');
  await eventually(async () => assert.deepEqual(await names(page), ['Part_1', 'Part_2', 'Part_3', 'Part_4', 'Part_5', 'Part_Boss']));
  assert.ok(asked.length >= 3, `${asked.length} requests`);
  await person.go('/admin/log');
  await eventually(async () => {
    await page.mouse.wheel(0, 20_000);
    const all = await log(page);
    for (const name of ['Part_1', 'Part_5']) assert.ok(all.includes(`The host made an account for ${name}.`), all.join());
  });
});

test('an admin who is one no more finds nothing', async () => {
  await adminNamed('Second');
  const boss = await adminNamed('Leaver');
  const { page } = boss.person;
  await boss.person.go('/admin/users/Leaver');
  const part = block(page, 'Role');
  await part.getByRole('radio', { name: 'User', exact: true }).check();
  await part.getByRole('button', { name: 'Change the role' }).click();
  await confirm(page, 'Change the role');
  await page.getByRole('heading', { name: 'Page not found' }).waitFor();
  forgiveRefusals(boss);
});

test('what stands for a closed account in a game leads nowhere', async () => {
  const [stays, goes] = await Promise.all(['Stays', 'Goes'].map(async (name) => ({ name, player: await world().member(name) })));
  if (!stays || !goes) throw new Error('two came');
  const table = await quickMate(stays, goes);
  host('close', 'Goes');
  const { person } = stays.player;
  const { page } = person;
  await eventually(async () => {
    await person.go('/@/Stays?tab=games');
    await page.locator('.game-row').getByText('Closed account').waitFor({ timeout: 3000 });
  }, 120_000);
  const links = () => page.locator('a').evaluateAll((all) => all.map((a) => decodeURIComponent(a.getAttribute('href') ?? '')));
  assert.deepEqual((await links()).filter((href) => /closed account|Goes/i.test(href)), []);
  await person.go(`/g/${table}/review`);
  await page.getByText('closed account').first().waitFor();
  assert.deepEqual((await links()).filter((href) => /closed account|Goes/i.test(href)), []);
  forgiveRefusals(goes.player);
});

/** Sets the own address, or takes it away. @param {Player} player @param {string} email */
async function setAddress({ person }, email) {
  const answer = await person.context.request.patch(`${person.wire.url}/api/v1/me`, {
    headers: { origin: person.wire.url },
    data: { email, password },
  });
  assert.ok(answer.ok(), await answer.text());
}

test('letters are asked for in the settings, kept by the server, and taken back when it refuses', async () => {
  const player = await world().member('Writer');
  const { person } = player;
  const { page } = person;
  const letters = block(page, 'Letters');
  await person.go('/settings/notifications');
  await letters.getByText('Letters need your mail address.').waitFor();
  await setAddress(player, 'writer@example.org');
  await page.reload();
  const toggle = letters.getByRole('switch');
  await toggle.check();
  await letters.getByText('Saved').waitFor();
  await letters.getByRole('radio', { name: '3 days' }).check();
  await page.reload();
  await eventually(async () => assert.ok(await letters.getByRole('radio', { name: '3 days' }).isChecked()));
  await toggle.uncheck();
  await letters.getByText('Saved').waitFor();
  assert.equal(await letters.getByRole('radio').count(), 0);

  await setAddress(player, '');
  await toggle.click();
  await letters.getByRole('alert').filter({ hasText: /address/ }).waitFor();
  assert.equal(await toggle.isChecked(), false, 'it was taken back');
  forgiveRefusals(player);
});

test('a host without mail says nothing of letters', async () => {
  const server = await Server.start('--engine', 'none');
  const bare = new World(world().browser, server);
  try {
    const { person } = await bare.member('Unwritten');
    const answered = person.page.waitForResponse(/\/api\/v1\/site$/);
    await person.go('/settings/notifications');
    await answered;
    await person.page.getByRole('switch').first().waitFor();
    assert.equal(await person.page.getByRole('region', { name: 'Letters' }).count(), 0);
  } finally {
    await bare.end();
    await server.stop();
  }
});

for (const size of allSizes) {
  test(`these pages, ${size}`, async () => {
    const player = await adminNamed(`Boss_${size}`, { size, still: true });
    const { person } = player;
    const { page } = person;
    await person.go('/admin');
    await page.locator('.admin-users').waitFor();
    await audit(page, `admin-users-${size}`);
    await person.go(`/admin/users/Boss_${size}`);
    await block(page, 'Sessions').getByRole('button', { name: 'Show where they are signed in' }).click();
    await page.getByText('this one').waitFor();
    await audit(page, `admin-user-${size}`);
    await block(page, 'Close this account').getByRole('button').click();
    await page.getByRole('dialog').waitFor();
    await audit(page, `admin-close-${size}`);
    await person.go('/admin/users/nobody-here');
    await page.getByText('There is no open account with this name.').waitFor();
    await audit(page, `admin-nobody-${size}`);
    await person.go('/admin/log');
    await page.locator('.admin-log li').first().waitFor();
    await audit(page, `admin-log-${size}`);
    await setAddress(player, `boss_${size}@example.org`);
    await person.go('/settings/notifications');
    await block(page, 'Letters').getByRole('switch').check();
    await block(page, 'Letters').getByText('Saved').waitFor();
    await audit(page, `letters-${size}`);
    await person.go('/unsubscribe?t=half');
    await page.getByText('This link is not whole.').waitFor();
    await audit(page, `unsubscribe-${size}`);
    forgiveRefusals(player);
  });
}
