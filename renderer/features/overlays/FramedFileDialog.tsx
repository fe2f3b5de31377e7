import { useEffect, useLayoutEffect, useRef } from 'react';
import { currentLook, onLook } from '../../stores/settingsStore.ts';
import { useUi } from '../../stores/uiStore.ts';
import { writeLook } from '../../ui/index.ts';
import './framedFileDialog.css';

/** The host's own file dialog, for hosts without the system's: a page that lies over this window and is closed to it. */
export function FramedFileDialog() {
  const dialog = useUi((state) => state.fileDialog);
  return dialog === null ? null : <Frame key={dialog.url} {...dialog} />;
}

interface FrameProps {
  readonly title: string;
  readonly url: string;
  readonly cancel: () => void;
}

function Frame({ title, url, cancel }: FrameProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const frame = useRef<HTMLIFrameElement>(null);
  const first = useRef(writeLook(currentLook())).current;
  // A frame of another look than the window around it would be opaque.
  useEffect(
    () => onLook((look) => frame.current?.contentWindow?.postMessage(writeLook(look), new URL(url).origin)),
    [url],
  );
  // The browser keeps everything behind it from keys and pointers, and gives the focus back where it is closed before it is taken away.
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="framed-dialog"
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        cancel();
      }}
    >
      <iframe
        ref={frame}
        title={title}
        src={`${url}#${first}`}
        onLoad={(event) => event.currentTarget.contentWindow?.focus()}
      />
    </dialog>
  );
}
