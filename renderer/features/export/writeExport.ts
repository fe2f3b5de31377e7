import type { PictureProgress } from '../../../core/data/index.ts';
import type { ExportFile } from '../../../core/engine/index.ts';
import { toProblem } from '../../../core/errors.ts';
import type { HostParams } from '../../../core/host/index.ts';
import type { Call } from '../../../core/rpc/index.ts';
import { fileName } from '../../actions/filePaths.ts';
import { host } from '../../stores/host.ts';
import { confirm } from '../../stores/uiStore.ts';

/** Writes an export; asks before it goes over what is there, unless that was `asked` already. Null when the answer is no. */
export async function writeExport(
  what: Omit<HostParams<'export.write'>, 'replace'>,
  asked: boolean,
  call: Call<PictureProgress>,
): Promise<readonly ExportFile[] | null> {
  try {
    return await host().call('export.write', { ...what, replace: asked }, call);
  } catch (thrown) {
    const problem = toProblem(thrown);
    if (problem.code !== 'export-exists') throw thrown;
    const answer = await confirm({
      title: `Replace “${fileName(what.path)}”?`,
      message: `${what.path} is there already. Exporting replaces the model in it.`,
      confirmLabel: 'Replace',
      danger: true,
    });
    return answer === 'confirm' ? writeExport(what, true, call) : null;
  }
}
