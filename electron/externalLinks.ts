/** Places that layer descriptions, references and help point to. Nothing else is handed to the system's browser. */
const DOCUMENTATION_HOSTS = new Set([
  'keras.io',
  'www.tensorflow.org',
  'js.tensorflow.org',
  'pytorch.org',
  'docs.pytorch.org',
  'onnx.ai',
  'arxiv.org',
  'doi.org',
  'en.wikipedia.org',
  'scikit-learn.org',
  'archive.ics.uci.edu',
  'www.npmjs.com',
  'pypi.org',
  'nodejs.org',
  'github.com',
]);

/** Whether this address may be opened in the system's browser. */
export function isDocumentationLink(address: string): boolean {
  try {
    const url = new URL(address);
    return url.protocol === 'https:' && url.port === '' && url.username === '' && DOCUMENTATION_HOSTS.has(url.hostname);
  } catch {
    return false;
  }
}
