import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '../Button.tsx';

/** Copies a text and says so for a moment. */
export function CopyButton({ text, label = 'Copy' }: { readonly text: string; readonly label?: string }) {
  const [state, setState] = useState<'ready' | 'copied' | 'refused'>('ready');
  useEffect(() => {
    if (state === 'ready') return;
    const timer = setTimeout(() => setState('ready'), 1600);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('refused'),
    );
  };
  const outcome = { ready: '', copied: 'Copied', refused: 'Not allowed' }[state];
  return (
    <>
      <Button
        size="s"
        className="copy-button"
        icon={state === 'copied' ? <Check aria-hidden /> : <Copy aria-hidden />}
        onClick={copy}
      >
        {outcome || label}
      </Button>
      {/* Beside the button: what speaks by itself stays live behind an open dialog, and a button there must not. */}
      <span className="visually-hidden" aria-live="polite">
        {outcome}
      </span>
    </>
  );
}
