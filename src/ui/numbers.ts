/** Numbers and dates as they are written in the page's language. */
import { primary, visitorLanguages } from './language.ts';
import { language } from './words.ts';

/** For dates: the visitor's own variety of the page's language, else the language. */
export function locale(): string {
  return visitorLanguages().find((tag) => primary(tag) === language) ?? language;
}

const formats = new Map<number, Intl.NumberFormat>();

/** With so many digits behind the point, or the comma. */
export function decimal(value: number, digits: number): string {
  const places = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const format = formats.get(digits) ?? new Intl.NumberFormat(language, places);
  formats.set(digits, format);
  return format.format(value);
}
