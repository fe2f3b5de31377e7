import type { Fix, Problem } from '../../core/errors.ts';
import { Banner, Button } from '../ui/index.ts';
import { applyFix } from './applyFix.ts';

/** Edits of the design that a message proposes; the next training begins with them. */
export function FixButtons({ fixes }: { readonly fixes: readonly Fix[] }) {
  return fixes.map((fix, at) => (
    <Button key={fix.label} size="s" variant={at === 0 ? 'primary' : 'secondary'} onClick={() => applyFix(fix)}>
      {fix.label}
    </Button>
  ));
}

export interface FindingBannersProps {
  readonly findings: readonly Problem[];
  /** The run is of the design on screen, so that its mends can be made there. */
  readonly mendable: boolean;
}

/** What a person should know of a training or an evaluation that ended without an error but does not look well. */
export function FindingBanners({ findings, mendable }: FindingBannersProps) {
  return findings.map(({ code, title, message, fixes = [] }) => (
    <Banner
      key={`${code}: ${message}`}
      tone="warning"
      title={title}
      actions={mendable ? <FixButtons fixes={fixes} /> : undefined}
    >
      {message}
    </Banner>
  ));
}
