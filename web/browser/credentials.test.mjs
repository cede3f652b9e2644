// @ts-check
// The ways in: passwords, recovery by mail and by code, a second factor, and the sessions that they open.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { audit } from './lib/audit.mjs';
import { password } from './lib/games.mjs';
import { Post } from './lib/post.mjs';
import { stage } from './lib/stage.mjs';
import { totp } from './lib/totp.mjs';

/** @typedef {import('./lib/games.mjs').Player} Player */
/** @typedef {import('playwright-core').Page} Page */

const post = await Post.open();
const world = stage('--engine', 'none', '--smtp', post.address, '--smtp-from', 'kibitz@example.org', '--public-url', 'http://kibitz.example.org');
after(() => post.close());

const other = 'another horse and its staple';

/** A block of the account page, by its heading. @param {Page} page @param {string} name */
const block = (page, name) => page.locator('.settings-block').filter({ has: page.getByRole('heading', { name, exact: true }) });

/** Fills the dialog that asks for the password, and sends it. @param {Page} page @param {string} label @param {string} [secret] */
async function confirm(page, label, secret = password) {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Your password, to confirm').fill(secret);
  await dialog.getByRole('button', { name: label, exact: true }).click();
}

/** From the form to the lobby. @param {Player} player @param {string} name @param {string} secret */
async function signIn({ person, board }, name, secret) {
  const { page } = person;
  await person.go('/login');
  await page.getByLabel('User name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(secret);
  await board.press('Sign in');
}

/** @param {Page} page */
const inLobby = (page) => page.waitForURL((url) => url.pathname === '/');

/** A wrong try is an answer of the server that browsers write into their console. @param {Player} player */
const forgiveRefusals = ({ person }) => person.forgive(/Failed to load resource.*(400|401|403|404)/);

test('a lost password is replaced by a link in a letter, which works once', async () => {
  const player = await world().member('Forgetful');
  const { person, board } = player;
  const { page } = person;
  await person.go('/settings/account');
  await page.getByRole('textbox', { name: 'Mail address' }).fill('forgetful@example.org');
  await board.press('Save the address');
  await confirm(page, 'Save the address');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  const elsewhere = await world().player();
  await elsewhere.person.go('/login');
  await elsewhere.board.press('Password lost?');
  const form = elsewhere.person.page.getByRole('region', { name: 'By mail' });
  await form.getByLabel('User name').fill('Forgetful');
  await form.getByRole('button', { name: 'Send the link' }).click();
  await form.getByText('a link is on its way').waitFor();
  const { text } = await post.letter('forgetful@example.org');
  const token = /\/recover#(\S+)/.exec(text)?.[1] ?? '';
  assert.notEqual(token, '', text);

  await elsewhere.person.go(`/recover#${token}`);
  await elsewhere.person.page.getByLabel('New password', { exact: true }).fill(other);
  await audit(elsewhere.person.page, 'recover');
  await elsewhere.board.press('Set the password');
  await inLobby(elsewhere.person.page);
  // All other sessions have ended.
  await page.reload();
  await page.getByText('You need an account for this.').waitFor();
  forgiveRefusals(player);

  await person.go(`/recover#${token}`);
  await page.getByLabel('New password', { exact: true }).fill(other);
  await board.press('Set the password');
  await page.getByRole('alert').filter({ hasText: /\S/ }).first().waitFor();
  forgiveRefusals(player);
});

test('a letter to nobody is answered in the same words', async () => {
  const { person, board } = await world().player();
  await person.go('/login');
  await board.press('Password lost?');
  const form = person.page.getByRole('region', { name: 'By mail' });
  await form.getByLabel('User name').fill('Nobody_here');
  await form.getByRole('button', { name: 'Send the link' }).click();
  await form.getByText('a link is on its way').waitFor();
});

test('a recovery code sets a new password, once', async () => {
  const { person } = await world().member('Codekeeper');
  const { page } = person;
  await person.go('/settings/account');
  await page.getByRole('button', { name: 'New recovery codes' }).click();
  await confirm(page, 'New recovery codes');
  const shown = page.getByRole('dialog', { name: 'Recovery codes' });
  const code = (await shown.getByRole('listitem').first().textContent()) ?? '';
  await audit(page, 'recovery-codes');
  await shown.getByRole('button', { name: 'I have written them down' }).click();

  const elsewhere = await world().player();
  const use = async () => {
    await elsewhere.person.go('/login');
    await elsewhere.board.press('Password lost?');
    const form = elsewhere.person.page.getByRole('region', { name: 'With a recovery code' });
    await form.getByLabel('User name').fill('Codekeeper');
    await form.getByLabel('Recovery code').fill(code);
    await form.getByLabel('New password', { exact: true }).fill(other);
    await form.getByRole('button', { name: 'Set the password' }).click();
    return form;
  };
  await use();
  await inLobby(elsewhere.person.page);
  const form = await use();
  await form.getByRole('alert').filter({ hasText: /\S/ }).waitFor();
  forgiveRefusals(elsewhere);
});

test('a changed password ends other sessions, and the old one lets nobody in', async () => {
  const player = await world().member('Changer');
  const { person, board } = player;
  const { page } = person;
  const elsewhere = await world().player();
  await signIn(elsewhere, 'Changer', password);
  await inLobby(elsewhere.person.page);

  await person.go('/settings/account');
  const form = block(page, 'Password');
  await form.getByLabel('Present password').fill('not the present one');
  await form.getByLabel('New password', { exact: true }).fill(other);
  await board.press('Change the password');
  await form.getByRole('alert').filter({ hasText: /\S/ }).waitFor();
  forgiveRefusals(player);
  await form.getByLabel('Present password').fill(password);
  await board.press('Change the password');
  await form.getByText('Done.').waitFor();

  await elsewhere.person.go('/settings/account');
  await elsewhere.board.reads('You need an account for this.');
  await signIn(elsewhere, 'Changer', password);
  await elsewhere.person.page.getByRole('alert').filter({ hasText: /\S/ }).first().waitFor();
  forgiveRefusals(elsewhere);
  await signIn(elsewhere, 'Changer', other);
  await inLobby(elsewhere.person.page);
});

test('sessions are listed with this one marked, and all others are signed out at once', async () => {
  const { person, board } = await world().member('Everywhere');
  const { page } = person;
  const others = [await world().player(), await world().player()];
  for (const one of others) {
    await signIn(one, 'Everywhere', password);
    await inLobby(one.person.page);
  }
  await person.go('/settings/account');
  const list = block(page, 'Where you are signed in').getByRole('listitem');
  await list.nth(2).waitFor();
  assert.equal(await list.count(), 3);
  assert.equal(await list.filter({ hasText: 'this one' }).count(), 1);
  assert.match((await list.first().textContent()) ?? '', /Chrom.*127\.0\.0\.1, last seen/);
  await board.press('Sign out all others');
  await page.getByText('2 sessions ended.').waitFor();
  await list.nth(1).waitFor({ state: 'detached' });
  assert.equal(await list.count(), 1);
  for (const one of others) {
    await one.person.go('/settings/account');
    await one.board.reads('You need an account for this.');
    forgiveRefusals(one);
  }
});

test('a second factor is set up and asked for; a wrong code lets nobody in, a recovery code does', async () => {
  const { person, board } = await world().member('Twofactor');
  const { page } = person;
  await person.go('/settings/account');
  await block(page, 'Second factor').getByRole('button', { name: 'Set up' }).click();
  await confirm(page, 'Set up');
  const dialog = page.getByRole('dialog', { name: 'Set up the second factor' });
  const secret = (await dialog.locator('.secret').textContent()) ?? '';
  await audit(page, 'second-factor');
  await dialog.getByLabel('Code that the app shows').fill(totp(secret));
  await dialog.getByRole('button', { name: 'Switch it on' }).click();
  const shown = page.getByRole('dialog', { name: 'Recovery codes' });
  const spare = (await shown.getByRole('listitem').first().textContent()) ?? '';
  await board.press('I have written them down');
  await block(page, 'Second factor').getByText(/^On\. \d+ recovery codes left/).waitFor();

  const elsewhere = await world().player();
  const field = elsewhere.person.page.getByLabel('Code of your authenticator app');
  const send = async (/** @type {string} */ code) => {
    await field.fill(code);
    await elsewhere.board.press('Sign in');
  };
  await signIn(elsewhere, 'Twofactor', password);
  await field.waitFor();
  await audit(elsewhere.person.page, 'login-code');
  await send('000000');
  await elsewhere.person.page.getByRole('alert').filter({ hasText: /\S/ }).first().waitFor();
  forgiveRefusals(elsewhere);
  // The code of now has been used to switch it on; clocks may be a step apart, so the next one counts already.
  await send(totp(secret, 1));
  await inLobby(elsewhere.person.page);

  const lost = await world().player();
  await signIn(lost, 'Twofactor', password);
  await lost.person.page.getByLabel('Code of your authenticator app').fill(spare);
  await lost.board.press('Sign in');
  await inLobby(lost.person.page);
});
