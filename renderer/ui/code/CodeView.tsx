import { useMemo } from 'react';
import './code.css';
import { type CodeLanguage, highlight } from './highlight.ts';

export interface CodeViewProps {
  /** Accessible name: the file's. */
  readonly label: string;
  readonly code: string;
  readonly language: CodeLanguage;
}

/** Source code with line numbers, coloured, scrollable by keyboard. Line numbers are not part of what is copied. */
export function CodeView({ label, code, language }: CodeViewProps) {
  const html = useMemo(() => highlight(code, language), [code, language]);
  const lines = useMemo(() => {
    const count = code.split('\n').length - (code.endsWith('\n') ? 1 : 0);
    return Array.from({ length: count }, (_, i) => i + 1).join('\n');
  }, [code]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable to be scrolled by keyboard
    <section className="code-view" aria-label={label} tabIndex={0}>
      <pre className="code-lines" aria-hidden="true">
        {lines}
      </pre>
      {html === null ? (
        <pre className="code-text">{code}</pre>
      ) : (
        // biome-ignore lint/security/noDangerouslySetInnerHtml: highlight.js escapes the code and adds only its own spans
        <pre className="code-text" dangerouslySetInnerHTML={{ __html: html }} />
      )}
    </section>
  );
}
