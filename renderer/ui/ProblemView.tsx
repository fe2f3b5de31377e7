import type { Fix, Problem } from '../../core/errors.ts';
import { Button } from './Button.tsx';
import './problemView.css';

export interface ProblemViewProps {
  readonly problem: Problem;
  /** Applies a fix; without it the buttons are left out. */
  readonly onFix?: (fix: Fix) => void;
}

/** Title, sentence, and a button for each fix: the same wherever a problem is shown. */
export function ProblemView({ problem, onFix }: ProblemViewProps) {
  const fixes = onFix === undefined ? [] : (problem.fixes ?? []);
  return (
    <div className={`problem problem-${problem.severity}`}>
      <div className="problem-title">
        <span className="problem-dot" aria-hidden />
        {problem.title}
      </div>
      <p className="problem-message">{problem.message}</p>
      {problem.details !== undefined && <ProblemDetails text={problem.details} />}
      {fixes.length > 0 && (
        <div className="problem-fixes">
          {fixes.map((fix, at) => (
            <Button key={fix.label} size="s" variant={at === 0 ? 'primary' : 'secondary'} onClick={() => onFix?.(fix)}>
              {fix.label}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

/** The raw words of what failed inside, folded away: for a report, not for understanding. */
export function ProblemDetails({ text }: { readonly text: string }) {
  return (
    <details className="problem-details">
      <summary>Details for a report</summary>
      <pre>{text}</pre>
    </details>
  );
}
