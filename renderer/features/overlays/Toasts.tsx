import { X } from 'lucide-react';
import { Toast as RadixToast } from 'radix-ui';
import { useEffect, useRef } from 'react';
import { applyFix } from '../../actions/applyFix.ts';
import { isEscapeClaimed } from '../../actions/escape.ts';
import { dismissToast, type Toast, useUi } from '../../stores/uiStore.ts';
import { Button, IconButton } from '../../ui/index.ts';
import './toasts.css';

const READING_MS = { good: 4000, info: 6000, warning: 9000, error: 12_000 };

/** Short messages in the corner. They stay while the pointer is on them, and are read out. */
export function Toasts() {
  const toasts = useUi((state) => state.toasts);
  return (
    <RadixToast.Provider swipeDirection="right" label="Message">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
      <RadixToast.Viewport className="toasts" />
    </RadixToast.Provider>
  );
}

/** Whether the Escape that is being handled is somebody else's; Radix closes the newest message on every one. */
function useClaimedEscape() {
  const claimed = useRef(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !isEscapeClaimed(event.target)) return;
      claimed.current = true;
      setTimeout(() => {
        claimed.current = false;
      });
    };
    // Before Radix, which listens on the document.
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
  return claimed;
}

function ToastCard({ toast }: { readonly toast: Toast }) {
  const close = () => dismissToast(toast.id);
  const claimed = useClaimedEscape();
  return (
    <RadixToast.Root
      className={`toast toast-${toast.tone}`}
      type={toast.tone === 'error' ? 'foreground' : 'background'}
      duration={READING_MS[toast.tone]}
      open
      onOpenChange={(open) => !open && !claimed.current && close()}
    >
      <div className="toast-text">
        <RadixToast.Title className="toast-title">{toast.title}</RadixToast.Title>
        {toast.message !== '' && <RadixToast.Description>{toast.message}</RadixToast.Description>}
        {(toast.fixes.length > 0 || toast.action !== null) && (
          <div className="toast-actions">
            {toast.fixes.map((fix) => (
              <Button
                key={fix.label}
                size="s"
                variant="primary"
                onClick={() => {
                  applyFix(fix);
                  close();
                }}
              >
                {fix.label}
              </Button>
            ))}
            {toast.action !== null && (
              <Button
                size="s"
                variant="primary"
                onClick={() => {
                  toast.action?.perform();
                  close();
                }}
              >
                {toast.action.label}
              </Button>
            )}
          </div>
        )}
      </div>
      <IconButton label="Dismiss" icon={<X aria-hidden />} onClick={close} />
    </RadixToast.Root>
  );
}
