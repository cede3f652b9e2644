// @ts-check
/** The chess page under the hands of a player: the ways to move, and what is to be seen. */
import assert from 'node:assert/strict';
import { eventually } from './eventually.mjs';

/** What a hand does on the board and an eye sees of the game. Moves are written `e2e4`. */
export class Board {
  /** @param {import('./people.mjs').Person} person */
  constructor(person) {
    this.person = person;
  }

  get page() {
    return this.person.page;
  }

  /** The box of the squares, in CSS px of the window. */
  async box() {
    const box = await this.page.locator('.game cg-board').boundingBox();
    if (!box) throw new Error('there is no board');
    return box;
  }

  /** The middle of a square. @param {string} square */
  async middle(square) {
    const { x, y, width } = await this.box();
    const turned = (await this.page.locator('.game .orientation-black').count()) > 0;
    const [file, rank] = ['abcdefgh'.indexOf(square.charAt(0)), Number(square.charAt(1)) - 1];
    const [column, row] = turned ? [7 - file, rank] : [file, 7 - rank];
    return { x: x + ((column + 0.5) * width) / 8, y: y + ((row + 0.5) * width) / 8 };
  }

  /** @param {string} move */
  async drag(move) {
    const [from, to] = [await this.middle(move.slice(0, 2)), await this.middle(move.slice(2))];
    const { mouse } = this.page;
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move(to.x, to.y, { steps: 4 });
    await mouse.up();
  }

  /** Clicks the piece, then its target. @param {string} move */
  async click(move) {
    for (const square of [move.slice(0, 2), move.slice(2)]) {
      const { x, y } = await this.middle(square);
      await this.page.mouse.click(x, y);
    }
  }

  /** Touches the piece, then its target. @param {string} move */
  async tap(move) {
    for (const square of [move.slice(0, 2), move.slice(2)]) {
      const { x, y } = await this.middle(square);
      await this.page.touchscreen.tap(x, y);
    }
  }

  /** Types a move or a command into the field for them. @param {string} text */
  async type(text) {
    const field = this.page.getByLabel('Type a move or a command');
    await field.fill(text);
    await field.press('Enter');
  }

  /** The same with the keyboard alone, from anywhere but a field. @param {string} text */
  async keys(text) {
    await this.page.getByLabel('Type a move or a command').blur();
    await this.page.keyboard.press('i');
    await this.page.keyboard.type(text);
    await this.page.keyboard.press('Enter');
  }

  /** The moves of the list. */
  moves() {
    return this.page.getByRole('region', { name: 'Moves' }).getByRole('button').allTextContents();
  }

  /** Waits until the list holds exactly these moves. @param {readonly string[]} sans */
  async sees(sans) {
    await eventually(async () => assert.deepEqual(await this.moves(), sans));
  }

  /** The pieces on the board, like `e2 white pawn`, sorted. */
  pieces() {
    return this.page.evaluate(() => {
      /** @type {NodeListOf<HTMLElement & { cgKey: string }>} */
      const pieces = document.querySelectorAll('.game cg-board piece:not(.fading)');
      return [...pieces].map((piece) => `${piece.cgKey} ${piece.className.split(' ').slice(0, 2).join(' ')}`).sort();
    });
  }

  /** The squares with a mark, like `last-move` or `current-premove`, sorted. @param {string} mark */
  marked(mark) {
    return this.page.evaluate((name) => {
      /** @type {NodeListOf<HTMLElement & { cgKey: string }>} */
      const squares = document.querySelectorAll(`.game cg-board square.${name}`);
      return [...squares].filter(({ style }) => style.display !== 'none').map((square) => square.cgKey).sort();
    }, mark);
  }

  /** Waits until exactly these squares have the mark. @param {string} mark @param {string[]} squares */
  async isMarked(mark, squares) {
    await eventually(async () => assert.deepEqual(await this.marked(mark), squares, mark));
  }

  /** The time that a clock shows, in ms. @param {'mine' | 'theirs'} whose */
  async clock(whose) {
    const strip = this.page.locator(whose === 'mine' ? '.strip.mine' : '.strip:not(.mine)');
    return clockMs((await strip.getByRole('timer').textContent()) ?? '');
  }

  /** Presses a button by its name. @param {string | RegExp} name */
  async press(name) {
    await this.page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name }).first().click();
  }

  /** The card of the end of the game. */
  get result() {
    return this.page.getByRole('region', { name: 'Result' });
  }

  /** Waits for words on the page. @param {string | RegExp} text */
  async reads(text) {
    await this.page.getByText(text).first().waitFor();
  }
}

/** What a clock face says in ms: `1:02:03`, `0:17`, `0:08.7`. @param {string} face */
export function clockMs(face) {
  assert.match(face, /^(\d+:)?\d+:\d\d(\.\d)?$/, 'a clock face');
  return face.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1000;
}
