import type { ClientMessage, DoneMessage, ErrorMessage, LobbyRequest, PairedMessage } from '../wire';
import { Refused } from './refused';

type Without<T, K extends string> = T extends unknown ? Omit<T, K> : never;

/** A message of the lobby before it has an id. */
export type Ask = Without<LobbyRequest, 'id'>;
export type Answer = DoneMessage | PairedMessage;

interface Open {
  type: LobbyRequest['type'];
  resolve(answer: Answer): void;
  reject(refusal: Refused): void;
}

export interface RequestsHost {
  send(message: ClientMessage): boolean;
  newId(): string;
}

/** Questions to the lobby that wait for their answer. None outlives its connection, as pools and seeks do not. */
export class Requests {
  private readonly open = new Map<string, Open>();

  constructor(private readonly host: RequestsHost) {}

  ask(question: Ask): Promise<Answer> {
    const id = this.host.newId();
    return new Promise((resolve, reject) => {
      if (!this.host.send({ ...question, id })) reject(offline());
      else this.open.set(id, { type: question.type, resolve, reject });
    });
  }

  onDone(message: DoneMessage): void {
    const request = this.open.get(message.id);
    this.open.delete(message.id);
    request?.resolve(message);
  }

  /** A `paired` carries no id: it answers the oldest `take`, if there is one. */
  onPaired(message: PairedMessage): void {
    for (const [id, request] of this.open) {
      if (request.type !== 'take') continue;
      this.open.delete(id);
      request.resolve(message);
      return;
    }
  }

  onError(error: ErrorMessage): void {
    if (error.id === undefined) return;
    const request = this.open.get(error.id);
    this.open.delete(error.id);
    request?.reject(Refused.from(error));
  }

  disconnected(): void {
    const lost = [...this.open.values()];
    this.open.clear();
    for (const request of lost) request.reject(offline());
  }
}

function offline(): Refused {
  return new Refused('offline', 'No connection to the server.');
}
