import type { DatasetSummary, Graph, LoomDocument } from '../../document/index.ts';
import type { Problem } from '../../errors.ts';
import type { InferredNode } from '../inferNode.ts';

/** Everything a design rule may look at. */
export interface LintContext {
  readonly document: LoomDocument;
  /** The root graph. */
  readonly graph: Graph;
  readonly dataset: DatasetSummary | null;
  /** Node ids, sources before targets. */
  readonly order: readonly string[];
  /** Nodes on a cycle. */
  readonly cyclic: readonly string[];
  readonly inferred: ReadonlyMap<string, InferredNode>;
  /** Nodes on a path from an Input to an Output. */
  readonly active: ReadonlySet<string>;
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
