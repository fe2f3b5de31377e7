import hljs from 'highlight.js/lib/core';
import json from 'highlight.js/lib/languages/json';
import python from 'highlight.js/lib/languages/python';

hljs.registerLanguage('python', python);
hljs.registerLanguage('json', json);

export type CodeLanguage = 'python' | 'json' | 'text';

/** Colouring more than this keeps the page waiting for something nobody reads to its end. */
const MOST_CHARACTERS = 120_000;

export function languageOf(fileName: string): CodeLanguage {
  if (fileName.endsWith('.py')) return 'python';
  return fileName.endsWith('.json') ? 'json' : 'text';
}

/** HTML of highlighted code, every character of it escaped by highlight.js; null where plain text is shown as it is. */
export function highlight(code: string, language: CodeLanguage): string | null {
  if (language === 'text' || code.length > MOST_CHARACTERS) return null;
  return hljs.highlight(code, { language, ignoreIllegals: true }).value;
}
