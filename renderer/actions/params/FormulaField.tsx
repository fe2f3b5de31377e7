import { ArrowUpFromDot, Hash, SquareFunction } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { evaluateFormula, isFormula } from '../../../core/expressions/index.ts';
import type { Scope } from '../../../core/graph/index.ts';
import type { JsonValue } from '../../../core/json.ts';
import { IconButton, TextField } from '../../ui/index.ts';

export interface FormulaFieldProps {
  readonly label: string;
  readonly value: JsonValue;
  /** What names stand for: in each repetition, where there are several. */
  readonly scopes: readonly Scope[];
  /** What stands there when the formula is taken away. */
  readonly plain: JsonValue;
  /** Returns the sentence that refuses the value, if it is refused. */
  readonly onChange: (value: JsonValue) => string | undefined;
  /** Leaves the value to the uses of the block, where that can be done. */
  readonly onTurn?: () => void;
  /** The control for a value that is no formula. */
  readonly children: ReactNode;
}

/** A field whose value may be worked out: a text with a leading `=`, with what it comes to under it. */
export function FormulaField({ label, value, scopes, plain, onChange, onTurn, children }: FormulaFieldProps) {
  const [writing, setWriting] = useState(false);
  const formula = isFormula(value) ? value : null;
  if (formula === null && !writing)
    return (
      <>
        {children}
        <IconButton
          label={`Write a formula for ${label}`}
          icon={<SquareFunction aria-hidden />}
          onClick={() => setWriting(true)}
        />
        {onTurn !== undefined && (
          <IconButton
            label={`Make ${label} a parameter of the block`}
            icon={<ArrowUpFromDot aria-hidden />}
            onClick={onTurn}
          />
        )}
      </>
    );
  const commit = (text: string) => {
    const given = text.trim();
    if (given === '') return undefined;
    return onChange(given.startsWith('=') ? given : `=${given}`);
  };
  const leave = () => {
    setWriting(false);
    if (formula !== null) onChange(plain);
  };
  return (
    <div className="formula">
      <div className="field-control">
        <TextField label={`Formula for ${label}`} mono value={formula ?? '='} onCommit={commit} />
        <IconButton label={`Write a value for ${label}`} icon={<Hash aria-hidden />} onClick={leave} />
      </div>
      {formula !== null && <Result formula={formula} scopes={scopes} />}
    </div>
  );
}

/** Results that are listed one by one; more of them end in an ellipsis. */
const MOST_LISTED = 8;

function Result({ formula, scopes }: { readonly formula: string; readonly scopes: readonly Scope[] }) {
  const results = scopes.map((scope) => evaluateFormula(formula, scope));
  const wrong = results.findIndex(({ ok }) => !ok);
  const bad = results[wrong];
  if (bad !== undefined && !bad.ok)
    return (
      <p className="field-refusal">
        {scopes.length > 1 ? `Repetition ${wrong}: ` : ''}
        {bad.error.reason}
      </p>
    );
  const texts = results.map((result) => (result.ok ? JSON.stringify(result.value) : ''));
  const same = texts.every((text) => text === texts[0]);
  const shown = same ? texts.slice(0, 1) : texts.slice(0, MOST_LISTED);
  return (
    <p className="formula-result">{`= ${shown.join(', ')}${shown.length < texts.length && !same ? ', …' : ''}`}</p>
  );
}
