/** The one IPC channel, in both directions: strings of the host contract. */
export const HOST_CHANNEL = 'layerloom:host';
