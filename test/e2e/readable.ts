import type { Page } from '@playwright/test';

/**
 * Controls that cannot be seen whole, however one scrolls: past an edge of the window, cut by a part of the page that does not scroll, or
 * under something else. What lies on the drawing itself is left out: it pans.
 */
export async function hiddenControls(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const controls = document.querySelectorAll<HTMLElement>(
      'button, input, select, textarea, a[href], [role="tab"], [role="option"], [role^="menuitem"]',
    );
    return [...controls].flatMap((control) => {
      if (control.closest('.react-flow__viewport, .visually-hidden, [hidden], [inert]') !== null) return [];
      if (control.getClientRects().length === 0 || getComputedStyle(control).visibility === 'hidden') return [];
      control.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
      const { left, right, top, bottom } = control.getBoundingClientRect();
      const name = `${control.getAttribute('aria-label') ?? control.textContent} (${Math.round(left)}–${Math.round(right)}, ${Math.round(top)}–${Math.round(bottom)})`;
      if (left < -1 || right > innerWidth + 1 || top < -1 || bottom > innerHeight + 1) return [`off screen: ${name}`];
      const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      const seen =
        over !== null && (control.contains(over) || over.contains(control) || over.closest('label') !== null);
      return seen ? [] : [`covered or cut: ${name}, by ${over?.className}`];
    });
  });
}

/**
 * Text that cannot be read whole: cut by a box that neither scrolls nor says it all in a tooltip, or larger than the box it is written in.
 * What lies on the drawing itself is left out, as above.
 */
export async function cutText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const outside = (inner: DOMRect, outer: DOMRect, sideways: boolean, slack: number) =>
      sideways
        ? inner.left < outer.left - slack || inner.right > outer.right + slack
        : inner.top < outer.top - slack || inner.bottom > outer.bottom + slack;
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const owner = node.parentElement;
      const text = node.textContent?.trim() ?? '';
      if (owner === null || text === '' || !owner.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
        continue;
      if (owner.closest('.react-flow__viewport, .visually-hidden, [inert], script, style, svg') !== null) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const place = range.getBoundingClientRect();
      // What is there for screen readers only is a pixel wide.
      if (place.width === 0 || owner.getBoundingClientRect().width <= 1) continue;
      const size = Number.parseFloat(getComputedStyle(owner).fontSize);
      // Letters stand over the line's box by a part of their height.
      const box = owner.closest('button, li, td, th, label, p, h1, h2, h3, h4, dt, dd, [role="cell"]') ?? owner;
      if (getComputedStyle(box).display !== 'inline' && outside(place, box.getBoundingClientRect(), false, size * 0.25))
        found.push(`higher than its box: ${text.slice(0, 60)} (${box.className})`);
      for (const sideways of [true, false])
        for (let cut: Element | null = owner; cut !== null; cut = cut.parentElement) {
          const style = getComputedStyle(cut);
          const overflow = sideways ? style.overflowX : style.overflowY;
          if (overflow === 'auto' || overflow === 'scroll') break;
          if (overflow === 'visible' || style.display === 'inline') continue;
          if (!outside(place, cut.getBoundingClientRect(), sideways, sideways ? 1 : size * 0.25)) continue;
          if (sideways && cut.closest('[title]') !== null) continue;
          found.push(`cut: ${text.slice(0, 60)} (by ${cut.className})`);
          break;
        }
    }
    return [...new Set(found)];
  });
}
