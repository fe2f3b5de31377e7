/** Warp and weft: the mark of Layerloom, in the ink of the theme. */
export function Logo({ size = 22 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" role="img" aria-label="Layerloom">
      <rect width="24" height="24" rx="6" fill="var(--ink)" />
      <g stroke="var(--panel)" strokeWidth="1.7" strokeLinecap="round">
        <path d="M8 6v12M12 6v12M16 6v12" />
        <path d="M5.6 9.6h.8M9.7 9.6h4.6M17.6 9.6h.8M5.6 14.4h4.7M13.7 14.4h4.7" />
      </g>
    </svg>
  );
}
