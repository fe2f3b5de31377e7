export interface PageRules {
  /** Address of the WebSocket that the page may open. */
  readonly socket?: string;
  /** Origin whose pages it may show in a frame. */
  readonly frames?: string;
  /** Origin that may show it in a frame. */
  readonly framedBy?: string;
}

/**
 * Headers of every page and file, in both shells. Scripts come from our own files only. Style attributes are allowed inline: the canvas
 * places nodes, and the menus and dialogs measure themselves, by such styles.
 */
export function securityHeaders({ socket, frames, framedBy }: PageRules): Record<string, string> {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "font-src 'self'",
      `connect-src 'self'${socket === undefined ? '' : ` ${socket}`}`,
      ...(frames === undefined ? [] : [`frame-src ${frames}`]),
      "worker-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      `frame-ancestors ${framedBy ?? "'none'"}`,
    ].join('; '),
    'X-Content-Type-Options': 'nosniff',
    ...(framedBy === undefined && { 'X-Frame-Options': 'DENY' }),
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
  };
}
