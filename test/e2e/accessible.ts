import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';

const THEMES = ['light', 'dark'] as const;

/**
 * Looks for what axe-core finds wrong for people who use a keyboard, a screen reader or strong contrast, in both themes, on the whole page
 * or within a part of it. The test goes on after a finding, so that one run names all of them.
 */
export async function checkAccess(page: Page, where: string, within?: string): Promise<void> {
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // Colours glide from one theme to the other; axe would measure them half way.
    await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
    // No frames here: axe need not gather what it found on a page of its own.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    if (within !== undefined) axe.include(within);
    // Between the themes only colours differ.
    const { violations } = await (colorScheme === 'dark' ? axe.withRules(['color-contrast']) : axe).analyze();
    const found = violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} (${help}): ${target.join(' ')}: ${failureSummary}`),
    );
    expect.soft(found, `${where}, ${colorScheme}`).toEqual([]);
  }
}
