import { type InputHTMLAttributes, type KeyboardEvent, type Ref, useEffect, useState } from 'react';
import './field.css';
import { classNames } from './classNames.ts';

export interface TextFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange'> {
  /** Accessible name. */
  readonly label: string;
  readonly value: string;
  /**
   * Called on Enter and on leaving the field, when the text changed. A returned sentence refuses the text: the sentence is shown and
   * the value stays what it was.
   */
  readonly onCommit: (text: string) => string | null | undefined;
  readonly mono?: boolean;
  readonly ref?: Ref<HTMLInputElement>;
}

/** A text box that commits on Enter or blur, goes back on Escape (and leaves on another), and says why when it refuses. */
export function TextField({ label, value, onCommit, mono, className, ref, ...rest }: TextFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  // A value that changed elsewhere (undo, a fix) makes the refused text and its sentence obsolete.
  // biome-ignore lint/correctness/useExhaustiveDependencies: reacts to the value, reads nothing else
  useEffect(() => {
    setDraft(null);
    setRefusal(null);
  }, [value]);

  const commit = () => {
    if (draft === null || draft === value) {
      setDraft(null);
      setRefusal(null);
      return;
    }
    const reason = onCommit(draft) ?? null;
    setRefusal(reason);
    if (reason === null) setDraft(null);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') commit();
    if (event.key !== 'Escape') return;
    if (draft !== null || refusal !== null) {
      event.stopPropagation();
      setDraft(null);
      setRefusal(null);
    } else event.currentTarget.blur();
  };
  return (
    <div className={classNames('text-field-box', className)}>
      <input
        ref={ref}
        aria-label={label}
        aria-invalid={refusal !== null}
        className={classNames('text-field', mono === true && 'mono')}
        spellCheck={false}
        autoComplete="off"
        {...rest}
        value={draft ?? value}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={onKeyDown}
      />
      {refusal !== null && (
        <p role="alert" className="field-refusal">
          {refusal}
        </p>
      )}
    </div>
  );
}
