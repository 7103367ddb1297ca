import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Fails if axe finds anything wrong with the page as it stands; `leaveOut` names rules that do not hold here. */
export async function expectClean(page: Page, leaveOut: string[] = []): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .disableRules(leaveOut)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' ')}`),
  ).toEqual([]);
}
