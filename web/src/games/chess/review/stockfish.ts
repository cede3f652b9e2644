import { Engine } from './engine';
import type { Port } from './engine';

/** Stockfish in a worker: where its files are, and how they come here. The build puts them there (scripts/engine.ts). */

/** It calls itself by the day it was built. */
export const ENGINE = 'stockfish.js 10.0.2';

const FOLDER = '/engine/stockfish-10.0.2';
const WASM = `${FOLDER}/stockfish.wasm`;
/** Of the unpacked file, for the progress while it is on its way. */
const WASM_BYTES = 558_861;

/** An empty WebAssembly module: what a browser that knows WebAssembly takes. */
const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

export function engineSupported(): boolean {
  return typeof Worker === 'function' && typeof WebAssembly === 'object' && WebAssembly.validate(EMPTY_MODULE);
}

/** Loads the engine. `onProgress` hears how much of it is here, from 0 to 1. */
export async function loadEngine(onProgress: (part: number) => void = () => undefined): Promise<Engine> {
  await fetchAhead(onProgress);
  return Engine.start(portOf(new Worker(`${FOLDER}/stockfish.wasm.js`)));
}

function portOf(worker: Worker): Port {
  return {
    send: (text) => worker.postMessage(text),
    listen: (onText, onFault) => {
      worker.onmessage = ({ data }: MessageEvent<unknown>) => onText(String(data));
      worker.onerror = ({ message }) => onFault(message || 'The engine stopped.');
    },
    end: () => worker.terminate(),
  };
}

/** The worker fetches its own copy, which is then in the cache: only here can the progress be seen. */
async function fetchAhead(onProgress: (part: number) => void): Promise<void> {
  const response = await fetch(WASM);
  if (!response.ok || !response.body) throw new Error(`The engine is not there: the server answered ${response.status}.`);
  const reader = response.body.getReader();
  let bytes = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value.length;
    onProgress(Math.min(1, bytes / WASM_BYTES));
  }
}
