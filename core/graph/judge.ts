import type { DatasetSummary, LoomDocument } from '../document/index.ts';
import type { Problem, Severity } from '../errors.ts';
import { expand, locateProblems, toldOnce } from './expand/index.ts';
import type { LintContext, Rule } from './lint/defineRule.ts';
import { RULES } from './lint/index.ts';
import { resolve } from './resolve.ts';

/** A document expanded and resolved from scratch, with what is known of the data. */
export function contextOf(document: LoomDocument, dataset: DatasetSummary | null): LintContext {
  const flat = expand(document);
  return { ...resolve(flat.graph), flat, document, dataset };
}

/** What these rules find in a design, each once and where a person sees it, in the order of the rules. */
export function judge(context: LintContext, rules: readonly Rule[] = RULES): readonly Problem[] {
  return toldOnce(judgePlaces(context, rules));
}

/** The same, what is wrong inside a block at each place where it is found. */
export function judgePlaces(context: LintContext, rules: readonly Rule[] = RULES): readonly Problem[] {
  const found = [...context.flat.problems, ...rules.flatMap((rule) => [...rule.check(context)])];
  return locateProblems(found, context.flat, context.document);
}

const RANK: { readonly [S in Severity]: number } = { error: 0, warning: 1, info: 2 };

/** Errors first, then in graph order. */
export function worstFirst(problems: readonly Problem[], order: readonly string[]): readonly Problem[] {
  if (problems.length < 2) return problems;
  const place = new Map(order.map((id, index) => [id, index]));
  const placeOf = ({ path, nodeId }: Problem) => place.get(path ?? nodeId ?? '') ?? -1;
  return [...problems].sort((a, b) => RANK[a.severity] - RANK[b.severity] || placeOf(a) - placeOf(b));
}
