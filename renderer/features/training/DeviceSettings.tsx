import { RefreshCw } from 'lucide-react';
import type { TrainingSettings } from '../../../core/document/index.ts';
import type { BackendInfo } from '../../../core/engine/index.ts';
import { loadBackends, useEngine, workingBackend } from '../../stores/engineStore.ts';
import { Field, IconButton, ProblemView, Section, Select, type SelectOption } from '../../ui/index.ts';
import { EngineInstall } from './EngineInstall.tsx';
import { editTraining } from './editTraining.ts';

type Backend = TrainingSettings['backend'];

export const BACKEND_TITLES: { readonly [B in Exclude<Backend, 'auto'>]: string } = {
  tensorflow: 'TensorFlow',
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  cpu: 'Plain JavaScript',
};
const ORDER: readonly Exclude<Backend, 'auto'>[] = ['tensorflow', 'webgpu', 'wasm', 'cpu'];

/** What computes: the choice, what stands behind it on this machine, and why another is not to be had. */
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
    ...ORDER.map((name): SelectOption<Backend> => {
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
      <Field label="Engine" help="What does the computing.">
        <Select label="Engine" value={chosen} options={options} onChange={(backend) => editTraining({ backend })} />
      </Field>
      {working !== undefined && <WorkingBackend info={working} />}
      <EngineInstall tensorflow={backends.find((one) => one.name === 'tensorflow')} />
      {backends.some((one) => !one.available) && <Unavailable backends={backends.filter((one) => !one.available)} />}
    </Section>
  );
}

function WorkingBackend({ info }: { readonly info: BackendInfo }) {
  return (
    <div className="engine-now">
      <span className={info.available ? 'engine-dot engine-dot-good' : 'engine-dot'} aria-hidden="true" />
      <div>
        <div>{info.available ? info.device : `${BACKEND_TITLES[info.name]} is not available`}</div>
        {info.reason !== '' && <p className="train-note">{info.reason}</p>}
        {!info.available && info.howToGet !== '' && <p className="train-note">{info.howToGet}</p>}
      </div>
    </div>
  );
}

function Unavailable({ backends }: { readonly backends: readonly BackendInfo[] }) {
  return (
    <details className="engine-others">
      <summary>Not available here: {backends.map((one) => BACKEND_TITLES[one.name]).join(', ')}</summary>
      <dl>
        {backends.map((one) => (
          <div key={one.name}>
            <dt>{BACKEND_TITLES[one.name]}</dt>
            <dd>
              {one.reason} {one.howToGet}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
