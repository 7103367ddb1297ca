/** Numbers and dates as they are written in the page's language. */
import { primary, visitorLanguages } from './language.ts';
import { language } from './words.ts';

/** For dates: the visitor's own variety of the page's language, else the language. */
export function locale(): string {
  return visitorLanguages().find((tag) => primary(tag) === language) ?? language;
}

/** With so many digits behind the point, or the comma. */
export function decimal(value: number, digits: number): string {
  return value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
