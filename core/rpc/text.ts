import { cleanseJson, MESSAGE_LIMITS } from '../document/index.ts';
import type { JsonValue } from '../json.ts';
import type { Answerer } from './answerer.ts';
import { NO_ID } from './messages.ts';

/** The longest message that is looked at, in UTF-16 units: the largest document with its quotes escaped, and some more. */
export const MAX_MESSAGE_LENGTH = 144 * 2 ** 20;

/** One peer that asks in texts of JSON. */
export interface TextConnection {
  /** Takes a text, whatever it is, and answers it. */
  receive(text: string): void;
  /** Ends the connection. */
  close(): void;
}

/** Answers a peer that nothing is known of: texts too long, broken or nested too deeply are refused before they are looked into. */
export function connectText(answerer: Answerer, send: (text: string) => void): TextConnection {
  const { receive, refuse, close } = answerer.connect((message) => send(JSON.stringify(message)));
  return {
    receive: (text) => {
      // Also of a message too long or broken to read, so that its sender learns of it.
      const id = Number(/^\{"id":(\d{1,15})[,}]/.exec(text.slice(0, 40))?.[1] ?? NO_ID);
      if (text.length > MAX_MESSAGE_LENGTH)
        return refuse(id, `it has ${text.length} characters, and ${MAX_MESSAGE_LENGTH} is the most`);
      const json = parseText(text);
      if (json === undefined) return refuse(id, 'it is not JSON');
      if (cleanseJson(json, MESSAGE_LIMITS) !== null) return refuse(id, 'it is nested too deeply');
      receive(json);
    },
    close,
  };
}

/** The value of a text of JSON; undefined where it is none. */
export function parseText(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
