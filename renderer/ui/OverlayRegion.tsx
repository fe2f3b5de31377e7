import type { ReactNode } from 'react';

/** Around what a portal puts at the end of the page: screen readers find it among the landmarks, as all else on the page. Empty, it is not there. */
export function OverlayRegion({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <section className="overlay-region" aria-label={label}>
      {children}
    </section>
  );
}
