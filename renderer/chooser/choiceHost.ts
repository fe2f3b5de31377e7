import {
  CHOICE_META,
  type Client,
  chooserMethods,
  createClient,
  createSocketTransport,
} from '../../core/host/index.ts';
import type { ResultOf } from '../../core/rpc/index.ts';

export type ChoiceHost = Client<typeof chooserMethods, never>;
/** What is to be chosen. */
export type ChoiceRequest = ResultOf<typeof chooserMethods, 'choice.get'>;

/** The channel of this page: the host put the dialog's number and secret into it. */
export function connectChoice(): ChoiceHost {
  const [id = '', secret = ''] =
    document.querySelector(`meta[name="${CHOICE_META}"]`)?.getAttribute('content')?.split(' ') ?? [];
  const address = new URL(`/choice?choice=${id}`, window.location.href);
  address.protocol = 'ws:';
  address.hash = '';
  return createClient(chooserMethods, createSocketTransport(address.href, secret));
}
