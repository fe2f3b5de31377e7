import type { InstallProgress } from '../../engine/index.ts';
import { ProblemError } from '../../errors.ts';
import type { Output } from '../output.ts';
import { withEngine } from '../withEngine.ts';

/** `layerloom engines install tensorflow`: with its progress; Ctrl-C cancels and leaves everything as it was. */
export async function installEngine(given: string, output: Output): Promise<void> {
  const name = installable(given);
  await withEngine(async (engine) => {
    const controller = new AbortController();
    const cancel = (): void => controller.abort();
    process.on('SIGINT', cancel);
    const onProgress = createInstallProgress(output);
    try {
      const { dir } = await engine.call('backends.install', { name }, { signal: controller.signal, onProgress });
      output.data({ type: 'done', name, dir });
      output.line(`Installed in ${dir}. Training with “auto” uses it from now on.`);
    } finally {
      process.off('SIGINT', cancel);
    }
  });
}

/** `layerloom engines uninstall tensorflow`. */
export async function uninstallEngine(given: string, output: Output): Promise<void> {
  const name = installable(given);
  const { removed } = await withEngine((engine) => engine.call('backends.uninstall', { name }));
  output.data({ type: 'done', name, removed });
  output.line(removed ? 'TensorFlow was removed.' : 'TensorFlow is not installed; there was nothing to remove.');
}

function installable(name: string): 'tensorflow' {
  if (name === 'tensorflow') return name;
  throw new ProblemError({
    code: 'engine-not-installable',
    title: 'Engine',
    message: `“${name}” is nothing that can be installed. “tensorflow” can; “wasm” and “cpu” come along.`,
  });
}

/** One line for each new sentence; a percentage in place where it is a terminal. */
function createInstallProgress(output: Output): (progress: InstallProgress) => void {
  let last = '';
  return (progress) => {
    const sentence = progress.message.replace(/: .*$/, '');
    if (output.json) {
      // A download tells of every packet: ten lines a download are enough for a program.
      const mark = `${sentence}${Math.floor((progress.fraction ?? 0) * 14)}`;
      if (mark !== last) output.data({ type: 'install', ...progress });
      last = mark;
      return;
    }
    if (sentence !== last) output.line(progress.message);
    last = sentence;
  };
}
