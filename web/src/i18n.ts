import en from './i18n/en.json';

/** A text with `{name}` in it, or the plural forms of one, chosen by the variable `n`. */
export type Message = string | Partial<Record<Intl.LDMLPluralRule, string>>;
export type Catalogue = Record<string, Message>;
export type Vars = Record<string, string | number>;

const locale = 'en';
const plurals = new Intl.PluralRules(locale);
const numbers = new Intl.NumberFormat(locale);
const messages = new Map<string, Message>(Object.entries(en as Catalogue));

/** Adds the texts of a page; a lazy chunk calls it once, at its top, with its own catalogue. */
export function addMessages(catalogue: Catalogue): void {
  for (const [key, message] of Object.entries(catalogue)) messages.set(key, message);
}

/** The text of a key. A key without text shows itself, so that the gap is seen. */
export function t(key: string, vars: Vars = {}): string {
  const message = messages.get(key);
  if (message === undefined) return key;
  return fill(typeof message === 'string' ? message : plural(message, Number(vars['n'] ?? 0)), vars);
}

function plural(forms: Exclude<Message, string>, n: number): string {
  return forms[plurals.select(n)] ?? forms.other ?? '';
}

function fill(text: string, vars: Vars): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = vars[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? numbers.format(value) : value;
  });
}
