import { LoaderCircle } from 'lucide-react';
import './spinner.css';

/** Work in progress; `label` is read out. */
export function Spinner({ label }: { readonly label: string }) {
  return (
    <span className="spinner" role="status" aria-label={label}>
      <LoaderCircle aria-hidden />
    </span>
  );
}
