import './kbd.css';

/** A key or chord as it is written on keyboards. */
export function Kbd({ children }: { readonly children: string }) {
  return <kbd className="kbd">{children}</kbd>;
}
