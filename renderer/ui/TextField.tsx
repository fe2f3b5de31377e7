import {
  type InputHTMLAttributes,
  type KeyboardEvent,
  type Ref,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
} from 'react';
import './field.css';
import { classNames } from './classNames.ts';
import { createRefusalKeeper, RefusalContext } from './refusals.ts';

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

/**
 * A text box that commits on Enter or blur, goes back on Escape (and leaves on another), and says why when it refuses. What it refused
 * is kept where `RefusalContext` says, so that it is there again when the field is.
 */
export function TextField({ label, value, onCommit, mono, className, ref, ...rest }: TextFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const [own] = useState(createRefusalKeeper);
  const keeper = useContext(RefusalContext) ?? own;
  const kept = useSyncExternalStore(keeper.subscribe, () => keeper.get(label));
  // A value that changed elsewhere (undo, a fix) makes the refused text and its sentence obsolete.
  const refusal = kept?.value === value ? kept : undefined;
  useEffect(() => {
    setDraft(null);
    const old = keeper.get(label);
    if (old !== undefined && old.value !== value) keeper.set(label, null);
  }, [value, label, keeper]);
  useEffect(() => keeper.enter(label), [label, keeper]);

  const giveUp = () => {
    setDraft(null);
    keeper.set(label, null);
  };
  const commit = () => {
    const text = draft ?? refusal?.text;
    if (text === undefined) return;
    const message = text === value ? null : (onCommit(text) ?? null);
    setDraft(null);
    keeper.set(label, message === null ? null : { text, value, message });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') commit();
    if (event.key !== 'Escape') return;
    if (draft !== null || refusal !== undefined) {
      event.stopPropagation();
      giveUp();
    } else event.currentTarget.blur();
  };
  return (
    <div className={classNames('text-field-box', className)}>
      <input
        ref={ref}
        aria-label={label}
        aria-invalid={refusal !== undefined}
        className={classNames('text-field', mono === true && 'mono')}
        spellCheck={false}
        autoComplete="off"
        {...rest}
        value={draft ?? refusal?.text ?? value}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={onKeyDown}
      />
      {refusal !== undefined && (
        <p role="alert" className="field-refusal">
          {refusal.message}
        </p>
      )}
    </div>
  );
}
