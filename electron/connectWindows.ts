import { app, ipcMain, type WebContents } from 'electron';
import type { Host } from '../core/host/node.ts';
import type { TextConnection } from '../core/rpc/index.ts';
import { isAppUrl } from './appProtocol.ts';
import { HOST_CHANNEL } from './channel.ts';

/** Lets the pages of all windows ask the host, each over a connection that ends with its page: the next one numbers its requests anew. */
export function connectWindows(host: Host): void {
  const connections = new Map<WebContents, TextConnection>();
  const end = (contents: WebContents) => {
    connections.get(contents)?.close();
    connections.delete(contents);
  };
  const connectionOf = (contents: WebContents): TextConnection => {
    const there = connections.get(contents);
    if (there) return there;
    const connection = host.connect((text) => {
      if (!contents.isDestroyed()) contents.send(HOST_CHANNEL, text);
    });
    connections.set(contents, connection);
    return connection;
  };
  app.on('web-contents-created', (_event, contents) => {
    contents.on('did-navigate', () => end(contents));
    contents.on('destroyed', () => end(contents));
  });
  ipcMain.on(HOST_CHANNEL, ({ senderFrame, sender }, message: unknown) => {
    // Only the top frame of our own page speaks for the person.
    if (!senderFrame || senderFrame !== sender.mainFrame || !isAppUrl(senderFrame.url)) return;
    connectionOf(sender).receive(typeof message === 'string' ? message : '');
  });
}
