/**
 * Text that stands in a message: cut to `most` characters, since it may come from a file and be as long as the file. Control
 * characters show as �, so that they cannot act on a terminal or a line of code.
 */
export function shorten(text: string, most = 60): string {
  // Cut first: cleaning megabytes to show sixty characters would be the very cost that this avoids.
  const head = text.length > most ? `${text.slice(0, most - 1)}…` : text;
  return head.replace(/\p{Cc}/gu, '�');
}
