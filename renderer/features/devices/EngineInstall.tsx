import { Download, Trash2, X } from 'lucide-react';
import type { BackendInfo } from '../../../core/engine/index.ts';
import { cancelInstall, installTensorflow, removeTensorflow, useInstall } from '../../stores/engineStore.ts';
import { Button, ProblemView, ProgressBar } from '../../ui/index.ts';

const gigabytes = (bytes: number) => (bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`);

/** Gets TensorFlow's native engine, several times faster than WebAssembly on most networks, and removes it again. */
export function EngineInstall({ tensorflow }: { readonly tensorflow: BackendInfo | undefined }) {
  const { progress, problem } = useInstall();
  return (
    <div className="engine-install">
      {problem !== null && <ProblemView problem={problem} />}
      {progress !== null ? (
        <>
          <ProgressBar label="Installing TensorFlow" value={progress.fraction} />
          <p className="device-facts" aria-live="polite">
            {progress.message}
          </p>
          <Button size="s" icon={<X aria-hidden />} onClick={() => void cancelInstall()}>
            Cancel
          </Button>
        </>
      ) : tensorflow?.installs !== undefined ? (
        <>
          <Button size="s" icon={<Download aria-hidden />} onClick={() => void installTensorflow()}>
            Install TensorFlow
          </Button>
          <p className="device-facts">
            Downloads {gigabytes(tensorflow.installs.download)}, takes {gigabytes(tensorflow.installs.disk)} on disk.
          </p>
        </>
      ) : (
        tensorflow?.installedBytes !== undefined && (
          <Button size="s" variant="ghost" icon={<Trash2 aria-hidden />} onClick={() => void removeTensorflow()}>
            Remove TensorFlow ({gigabytes(tensorflow.installedBytes)})
          </Button>
        )
      )}
    </div>
  );
}
