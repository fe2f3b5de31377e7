import { useAnalysis } from '../stores/analysisStore.ts';
import { ProblemView, Section } from '../ui/index.ts';
import { applyFix } from './applyFix.ts';

/** Choices of a newer version among the settings of a room, each with the button that does without it. */
export function UnknownSettings({ section }: { readonly section: 'data' | 'training' }) {
  const problems = useAnalysis((state) => state.analysis.problems);
  const ours = problems.filter(({ code, param }) => code === 'unknown-setting' && param?.startsWith(`${section}.`));
  if (ours.length === 0) return null;
  return (
    <Section title="Of another version">
      {ours.map((problem) => (
        <div key={problem.param} role="alert">
          <ProblemView problem={problem} onFix={applyFix} />
        </div>
      ))}
    </Section>
  );
}
