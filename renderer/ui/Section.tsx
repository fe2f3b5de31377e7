import { ChevronRight } from 'lucide-react';
import { Collapsible } from 'radix-ui';
import type { ReactNode } from 'react';
import './section.css';

export interface SectionProps {
  readonly title: string;
  /** Right of the title: a count, a unit. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  /** Folds when set. */
  readonly fold?: 'open' | 'closed';
}

/** A titled part of a panel, with a hairline above. */
export function Section({ title, aside, children, fold }: SectionProps) {
  if (fold === undefined)
    return (
      <section className="section" aria-label={title}>
        <header className="section-head">
          <h2>{title}</h2>
          {aside !== undefined && <span className="section-aside">{aside}</span>}
        </header>
        {children}
      </section>
    );
  return (
    <Collapsible.Root asChild defaultOpen={fold === 'open'}>
      <section className="section" aria-label={title}>
        <Collapsible.Trigger className="section-head section-fold">
          <ChevronRight aria-hidden />
          <h2>{title}</h2>
          {aside !== undefined && <span className="section-aside">{aside}</span>}
        </Collapsible.Trigger>
        {/* Folded away, not gone: a field in it may hold a text that was refused. */}
        <Collapsible.Content forceMount className="section-folded">
          {children}
        </Collapsible.Content>
      </section>
    </Collapsible.Root>
  );
}
