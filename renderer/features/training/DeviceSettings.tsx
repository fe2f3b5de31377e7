import { RefreshCw } from 'lucide-react';
import { BACKEND_NAMES, type TrainingSettings } from '../../../core/document/index.ts';
import type { BackendInfo } from '../../../core/engine/index.ts';
import {
  BACKEND_TITLES,
  installTensorflow,
  loadBackends,
  useEngine,
  useInstall,
  workingBackend,
} from '../../stores/engineStore.ts';
import { showDevices } from '../../stores/uiStore.ts';
import { Button, Field, IconButton, ProblemView, Section, Select, type SelectOption } from '../../ui/index.ts';
import { editTraining } from './editTraining.ts';
import { RunValue } from './RunValue.tsx';

type Backend = TrainingSettings['backend'];

/** What computes: the choice, and what stands behind it on this machine. The panel of devices has the rest. */
export function DeviceSettings({ chosen }: { readonly chosen: Backend }) {
  const { backends, loading, problem } = useEngine();
  const working = workingBackend(backends, chosen);
  const options: SelectOption<Backend>[] = [
    {
      value: 'auto',
      label: 'automatic',
      help:
        chosen === 'auto' && working
          ? `Takes ${BACKEND_TITLES[working.name]} now.`
          : 'TensorFlow where it is installed, then a graphics processor, then WebAssembly.',
    },
    ...BACKEND_NAMES.map((name): SelectOption<Backend> => {
      const info = backends.find((one) => one.name === name);
      return {
        value: name,
        label: BACKEND_TITLES[name],
        help: info && (info.available ? info.device : info.reason),
        disabled: info !== undefined && !info.available,
      };
    }),
  ];
  return (
    <Section
      title="Device"
      aside={
        <IconButton
          label="Look for devices again"
          icon={<RefreshCw aria-hidden className={loading ? 'turning' : undefined} />}
          disabled={loading}
          onClick={() => void loadBackends()}
        />
      }
    >
      {problem !== null && <ProblemView problem={problem} />}
      <Field label="Engine" help="What does the computing." note={<RunValue of={({ training }) => training.backend} />}>
        <Select label="Engine" value={chosen} options={options} onChange={(backend) => editTraining({ backend })} />
      </Field>
      {working !== undefined && <WorkingBackend info={working} automatic={chosen === 'auto'} />}
      <div className="engine-buttons">
        {working?.available === false && (
          <Button size="s" variant="primary" onClick={() => editTraining({ backend: 'auto' })}>
            Choose automatically
          </Button>
        )}
        <InstallButton tensorflow={backends.find((one) => one.name === 'tensorflow')} />
        <Button size="s" onClick={showDevices}>
          All devices…
        </Button>
      </div>
    </Section>
  );
}

/** What a run that starts now would run on, and why; or why it cannot start. */
function WorkingBackend({ info, automatic }: { readonly info: BackendInfo; readonly automatic: boolean }) {
  const { available, device, name, reason, howToGet, why } = info;
  const sentences = available ? [automatic ? (why ?? '') : '', reason] : [reason, howToGet];
  return (
    <div className="engine-now">
      <span className={available ? 'engine-dot engine-dot-good' : 'engine-dot'} aria-hidden="true" />
      <div>
        <div>{available ? device : `${BACKEND_TITLES[name]} is not available`}</div>
        {sentences.map(
          (sentence) =>
            sentence !== '' && (
              <p key={sentence} className="train-note">
                {sentence}
              </p>
            ),
        )}
      </div>
    </div>
  );
}

/** Begins the installation in the panel of devices, which shows how far it is. */
function InstallButton({ tensorflow }: { readonly tensorflow: BackendInfo | undefined }) {
  const progress = useInstall((state) => state.progress);
  if (progress === null && tensorflow?.installs === undefined) return null;
  return (
    <Button
      size="s"
      onClick={() => {
        showDevices();
        if (progress === null) void installTensorflow();
      }}
    >
      {progress === null ? 'Install TensorFlow' : 'Installing TensorFlow…'}
    </Button>
  );
}
