import type { DatasetSummary, LoomDocument } from '../../document/index.ts';
import type { Problem } from '../../errors.ts';
import type { FlatGraph } from '../expand/index.ts';
import type { ResolvedGraph } from '../resolve.ts';

/** Everything a design rule may look at: the flat graph with what was inferred, the settings, and what is known of the data. */
export interface LintContext extends ResolvedGraph {
  readonly document: LoomDocument;
  /** Where the nodes of `graph` come from. */
  readonly flat: FlatGraph;
  readonly dataset: DatasetSummary | null;
}

/** A design rule: looks at the whole graph at every edit, so `check` must be about linear in its size. */
export interface Rule {
  /** Kebab-case; the `code` of the problems it reports, or their common stem. */
  readonly name: string;
  check(context: LintContext): Iterable<Problem>;
}

/** Types a rule; adds nothing at run time. */
export function defineRule(rule: Rule): Rule {
  return rule;
}
