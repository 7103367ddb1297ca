/** The languages that the catalogue of words is complete in. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language in its own words. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', de: 'Deutsch' };

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

/** The language of the page: the one that was chosen, else the visitor's own. */
export function wantedLanguage(chosen: Language | 'auto'): Language {
  return chosen === 'auto' ? chooseLanguage(visitorLanguages()) : chosen;
}

/** The languages that tell what is usual here: the one that was chosen, else the visitor's own. */
export function usualLanguages(chosen: Language | 'auto'): readonly string[] {
  return chosen === 'auto' ? visitorLanguages() : [chosen];
}
