import type { Problem } from '../../core/errors.ts';

/** More names than this are counted. */
const NAMED = 5;

/** What is said of layers outside the network: nothing arrives there, or nothing goes on from there to an Output. */
const LEFT_OUT: ReadonlySet<string> = new Set(['unconnected-input', 'unreachable']);

/** What is said of the layers that a buildable design leaves out of its network, each layer once. */
export function leftOut(problems: readonly Problem[]): readonly Problem[] {
  const found = problems.filter(
    ({ code, severity, nodeId }) => LEFT_OUT.has(code) && severity === 'warning' && nodeId !== undefined,
  );
  return [...new Map(found.map((problem) => [`${problem.graph ?? ''}/${problem.nodeId}`, problem])).values()];
}

/** `“relu_2” is on no path from an Input to an Output, so the training goes on without it. Wire it up, or delete it.` */
export function leftOutText(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).map((name) => `“${name}”`);
  const rest = names.length - shown.length;
  const parts = rest > 0 ? [...shown, `${rest} more`] : shown;
  const list = new Intl.ListFormat('en-GB').format(parts);
  const [are, them] = names.length === 1 ? ['is', 'it'] : ['are', 'them'];
  return `${list} ${are} on no path from an Input to an Output, so the training goes on without ${them}. Wire ${them} up, or delete ${them}.`;
}
