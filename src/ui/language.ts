/** The languages that the catalogue of words is complete in. */
export const LANGUAGES = ['en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language in its own words. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English' };

/** The first of the visitor's languages that there is, English if there is none. `wanted` are BCP 47 tags. */
export function chooseLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const found = LANGUAGES.find((language) => language === primary(tag));
    if (found) return found;
  }
  return 'en';
}

/** `de` of `de-AT`. */
export function primary(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? '';
}

/** The languages of the visitor's browser, the dearest first. */
export function visitorLanguages(): readonly string[] {
  return globalThis.navigator?.languages ?? [];
}
