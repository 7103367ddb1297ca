import { words } from '../words.ts';

/**
 * Pages outside `/embed/` do not work inside another site's page, where a visitor could be led to press what is hidden
 * from sight. A header refuses it; hosts that set none leave it to the page.
 */
export function isFramed(): boolean {
  return window.top !== window;
}

/** Nothing but a way out, in a tab of its own. */
export function showLinkOnly(root: HTMLElement): void {
  const text = document.createElement('p');
  const link = document.createElement('a');
  link.href = location.href;
  link.target = '_blank';
  link.rel = 'noopener';
  link.textContent = words.app.framed.open;
  text.append(words.app.framed.text, ' ', link);
  text.className = 'framed';
  root.replaceChildren(text);
}
