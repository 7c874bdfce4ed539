import { timingSafeEqual } from 'node:crypto';
import { present } from '../../src-shared/present.ts';
import type { UnreadFile } from '../../src-shared/window/console-state.ts';
import type {
  ClientPermission,
  ClientView,
  CreatedClient,
  NewClient,
} from '../../src-shared/registers/local-api-view.ts';
import { type Failure, fail, failure, type Result, succeed } from '../../src-shared/result.ts';
import { type DocumentStore, unreadFileOf } from '../ports/document-store.ts';
import { hashOf, newSecret, presentedSecret } from './client-secret.ts';
import { clientsDocument, type KeptClient, readClients } from './kept-clients.ts';

const documentName = 'api-clients';
export const maxClientsOfServer = 50;
/** The last use of a client is written at most this often, ms. */
const keepUseEveryMs = 60_000;

/** A file that could not be read is tried again at most this often, ms. */
const readAgainMs = 1_000;

/** A client that presented its secret. */
export interface KnownClient {
  readonly id: string;
  readonly name: string;
  readonly profileId: string;
  readonly may: ReadonlySet<ClientPermission>;
}

interface HeldClient extends KnownClient {
  kept: KeptClient;
  readonly hash: Buffer;
}

interface ApiClientsDeps {
  readonly documents: DocumentStore;
  /** ms since the Unix epoch. */
  readonly now: () => number;
  /** Stored clients were lost. `file` says what happened to the file if all of it was unreadable. */
  readonly onLost: (file: UnreadFile) => void;
  /** The file with the clients cannot be read now. Null once it was read: then they can call again. */
  readonly onWithheld: (file: UnreadFile | null) => void;
}

/** The programs that may call the local license API, each for one server. */
export class ApiClients {
  readonly #deps: ApiClientsDeps;
  readonly #held = new Map<string, HeldClient>();
  /** Compared with the secret if no client has its ID, so that the comparison takes equally long. */
  readonly #nobody = hashOf(newSecret().secret);
  #revision = 0;
  #restored = false;
  /** When the last attempt to read the file failed for a cause that may pass. Null if there is no such cause. */
  #withheldAt: number | null = null;
  #withheldTimes = 0;
  /** Were stored clients lost, and none created since? Stored with the clients, so that a restart does not forget it. */
  #lost = false;
  #useKeptAt = 0;
  #useToKeep = false;

  constructor(deps: ApiClientsDeps) {
    this.#deps = deps;
  }

  /** In the order in which they were created. */
  of(profileId: string): readonly ClientView[] {
    return [...this.#clients.values()].filter((held) => held.profileId === profileId).map(({ kept }) => viewOf(kept));
  }

  /** Failures: `too_many_clients`, `client_name_taken`, `settings_not_written`. */
  create(profileId: string, { name, may }: NewClient): Result<CreatedClient> {
    const others = this.of(profileId);
    if (others.length >= maxClientsOfServer) return fail('too_many_clients');
    const sameName = (other: ClientView) => other.name.toLowerCase() === name.toLowerCase();
    if (others.some(sameName)) return fail('client_name_taken');
    const { clientId, secret, hash } = newSecret();
    const kept: KeptClient = { id: clientId, name, may: [...new Set(may)], createdAt: this.#deps.now(), hash };
    this.#hold(profileId, kept);
    const wereLost = this.#lost;
    this.#lost = false;
    const written = this.#write();
    if (written.ok) return succeed({ client: viewOf(kept), secret });
    this.#held.delete(clientId);
    this.#lost = wereLost;
    return written;
  }

  /** Invalidates the client's secret at once. Failures: `client_unknown`; `settings_not_written`, and then the client stays. */
  revoke(profileId: string, clientId: string): Result<null> {
    const before = new Map(this.#clients);
    if (this.#held.get(clientId)?.profileId !== profileId) return fail('client_unknown');
    this.#held.delete(clientId);
    this.#revision += 1;
    const written = this.#write();
    if (!written.ok) this.#takeBack(before);
    return written;
  }

  /** The client whose secret is in the `Authorization` header, compared in constant time. Null if no client has this secret. */
  authenticate(authorization: string | undefined): KnownClient | null {
    const presented = presentedSecret(authorization);
    const held = this.#clients.get(presented?.clientId ?? '');
    const isRight = timingSafeEqual(hashOf(presented?.secret ?? ''), held?.hash ?? this.#nobody);
    return isRight && held ? held : null;
  }

  /** Increases whenever a secret may have become valid or invalid. */
  get revision(): number {
    return this.#revision;
  }

  /** Notes a use of the client. True if its `lastUsedAt` changed, so that a view of it has to be updated. */
  used(clientId: string): boolean {
    const held = this.#held.get(clientId);
    if (!held) return false;
    const at = this.#deps.now();
    const { lastUsedAt } = held.kept;
    if (lastUsedAt !== undefined && at >= lastUsedAt && at - lastUsedAt < keepUseEveryMs) return false;
    held.kept = { ...held.kept, lastUsedAt: at };
    this.#useToKeep = true;
    if (at >= this.#useKeptAt && at - this.#useKeptAt < keepUseEveryMs) return true;
    this.#useKeptAt = at;
    this.keepUse();
    return true;
  }

  /** Writes the last uses of the clients that are not written yet. */
  keepUse(): void {
    if (this.#useToKeep) this.#write();
  }

  /**
   * Loads the stored clients, unless they are loaded already. An invalid client is skipped. If another program holds the file, every later
   * call tries again; a virus scanner does so for a moment.
   */
  restore(): void {
    if (this.#restored || this.#isTooSoon) return;
    const { documents, onLost, onWithheld, now } = this.#deps;
    const stored = documents.read(documentName);
    const isWithheld = stored.state === 'unreadable' && stored.keptAs === undefined;
    const wasReported = this.#isReportedWithheld;
    this.#withheldAt = isWithheld ? now() : null;
    this.#withheldTimes = isWithheld ? this.#withheldTimes + 1 : 0;
    this.#restored = !isWithheld;
    if (isWithheld) {
      if (this.#isReportedWithheld && !wasReported) onWithheld(unreadFileOf(stored, () => undefined));
      return;
    }
    const read = stored.state === 'present' ? readClients(stored.document) : null;
    for (const [profileId, kept] of read?.clients ?? []) for (const client of kept) this.#hold(profileId, client);
    this.#lost = read?.lost ?? false;
    if (wasReported) onWithheld(null);
    if (stored.state === 'absent') return;
    if (!read) {
      const file = unreadFileOf(stored, () => documents.setAside(documentName));
      this.#lost = true;
      this.#write();
      onLost(file);
    } else if (read.leftOut > 0) {
      this.#lost = true;
      onLost({});
    }
  }

  /** Why stored clients cannot call: `api_clients_lost` until one is created, or `file_unreadable`. Null if nothing is known to be wrong. */
  get failure(): Failure | null {
    this.restore();
    if (this.#isReportedWithheld) return failure('file_unreadable');
    return this.#lost ? failure('api_clients_lost') : null;
  }

  /** Reported from the second failed attempt on, so that a short lock stays unreported. */
  get #isReportedWithheld(): boolean {
    return this.#withheldTimes > 1;
  }

  /** True while the file cannot be read: the caller may be a stored client, but no client can be recognized. */
  get areWithheld(): boolean {
    return this.#withheldAt !== null;
  }

  get #isTooSoon(): boolean {
    const sinceMs = this.#withheldAt === null ? Number.POSITIVE_INFINITY : this.#deps.now() - this.#withheldAt;
    return sinceMs >= 0 && sinceMs < readAgainMs;
  }

  /** Loads the clients on first use, so that a file that was not read is never overwritten. */
  get #clients(): Map<string, HeldClient> {
    this.restore();
    return this.#held;
  }

  #takeBack(before: ReadonlyMap<string, HeldClient>): void {
    this.#revision += 1;
    this.#held.clear();
    for (const [id, held] of before) this.#held.set(id, held);
  }

  #hold(profileId: string, kept: KeptClient): void {
    const { id, name, may, hash } = kept;
    this.#revision += 1;
    this.#held.set(id, { id, name, profileId, may: new Set(may), kept, hash: Buffer.from(hash, 'base64url') });
  }

  #write(): Result<null> {
    const clients = new Map<string, KeptClient[]>();
    for (const { profileId, kept } of this.#held.values())
      clients.set(profileId, [...(clients.get(profileId) ?? []), kept]);
    const written = this.#deps.documents.write(documentName, clientsDocument(clients, this.#lost));
    if (written.ok) this.#useToKeep = false;
    return written;
  }
}

function viewOf({ id, name, may, createdAt, lastUsedAt }: KeptClient): ClientView {
  return present({ id, name, may, createdAt, lastUsedAt });
}
