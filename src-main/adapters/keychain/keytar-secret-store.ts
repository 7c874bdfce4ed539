import { type UtilityProcess, utilityProcess } from 'electron';
import { fail, type Result, succeed } from '../../../src-shared/result.ts';
import type { KeychainProgram, SecretStore } from '../../keychain/secret-store.ts';
import type { Log } from '../../ports/log.ts';
import { entryFields, resultEnd } from '../disk/structured-log.ts';
import type { SecretStoreAnswer, SecretStoreCall, SecretStoreSign } from './secret-store-messages.ts';

/** A keychain call is given up after this time without a sign of life, and its process is ended. */
export const secretStoreLimitMs = 5_000;
/** How long a person may take to answer the keychain's own prompt. No call takes longer. */
export const unlockLimitMs = 120_000;

/**
 * How long a call may take without a sign of life. On Linux a closed keyring is found before the call, and a keyring that asks its
 * person for each entry gives signs of life. macOS and Windows give none, and may prompt at every call.
 */
export function callLimitMs(operation: SecretStoreCall['operation'], platform: NodeJS.Platform): number {
  return operation === 'unlock' || platform !== 'linux' ? unlockLimitMs : secretStoreLimitMs;
}

type Operation = Omit<SecretStoreCall, 'id'>;
export type KeychainProcess = Pick<UtilityProcess, 'on' | 'off' | 'postMessage' | 'kill'>;

/** The operating system's keychain, accessed through a separate process. Calls run one at a time; an unlock comes first. */
export class KeytarSecretStore implements SecretStore, KeychainProgram {
  readonly #fork: () => KeychainProcess;
  readonly #log: Log;
  #process: KeychainProcess | null = null;
  #nextId = 1;
  #wasOpen = false;
  #stayedClosed = false;
  /** The calls that wait for their turn. */
  readonly #waiting: (() => void)[] = [];
  #isCalling = false;

  constructor(modulePath: string, log: Log, fork = () => forkKeychain(modulePath)) {
    this.#log = log;
    this.#fork = fork;
  }

  read(name: string): Promise<Result<string | null>> {
    return this.#enqueue({ operation: 'read', name });
  }

  async write(name: string, value: string): Promise<Result<null>> {
    const written = await this.#enqueue({ operation: 'write', name, value });
    return written.ok ? succeed(null) : written;
  }

  async remove(name: string): Promise<Result<null>> {
    const removed = await this.#enqueue({ operation: 'remove', name });
    return removed.ok ? succeed(null) : removed;
  }

  async unlock(): Promise<Result<null>> {
    const unlocked = await this.#enqueue({ operation: 'unlock', name: 'unlock' });
    return unlocked.ok ? succeed(null) : unlocked;
  }

  async program(): Promise<string | null> {
    const program = await this.#enqueue({ operation: 'program', name: 'program' });
    return program.ok ? program.value : null;
  }

  close(): void {
    this.#process?.kill();
    this.#process = null;
  }

  #enqueue(call: Operation): Promise<Result<string | null>> {
    const { operation, name } = call;
    return this.#log.step('keychain', operation, entryFields(name), () => this.#queued(call), resultEnd);
  }

  #queued(operation: Operation): Promise<Result<string | null>> {
    // If the process cannot be started or has just ended, only this call fails. Each queued call tries for itself.
    return this.#turn(operation)
      .then(() => this.#callAnew(operation))
      .then((result) => (operation.operation === 'program' ? result : this.#note(result)))
      .catch((thrown: unknown) => {
        this.#log.error('keychain', 'fault', thrown);
        this.close();
        return fail('secret_store_refused');
      })
      .finally(() => this.#next());
  }

  /** Resolves when no other call runs. A person waits for an unlock, so it comes before the console's own calls. */
  #turn({ operation }: Operation): Promise<void> {
    if (!this.#isCalling) {
      this.#isCalling = true;
      return Promise.resolve();
    }
    return new Promise((begin) => {
      if (operation === 'unlock') this.#waiting.unshift(begin);
      else this.#waiting.push(begin);
    });
  }

  #next(): void {
    const begin = this.#waiting.shift();
    this.#isCalling = begin !== undefined;
    begin?.();
  }

  /**
   * Decides which code a closed keychain gets. If it was open in this run, somebody who knows its password has locked it:
   * `secret_store_locked`. If it has been closed since sign-in, `secret_store_password_changed` stays, even after an unanswered prompt.
   */
  #note(result: Result<string | null>): Result<string | null> {
    this.#wasOpen ||= result.ok;
    if (result.ok) return result;
    const { code } = result.failure;
    if (code === 'secret_store_password_changed') this.#stayedClosed = !this.#wasOpen;
    else if (code !== 'secret_store_locked') return result;
    return fail(this.#stayedClosed && !this.#wasOpen ? 'secret_store_password_changed' : 'secret_store_locked');
  }

  /** Tries again with a new keychain process: a keyring that has restarted is missing only to a process that used it before. */
  async #callAnew(operation: Operation): Promise<Result<string | null>> {
    const spokeBefore = this.#process !== null;
    const result = await this.#call(operation);
    const isGone = !result.ok && result.failure.code === 'secret_store_missing';
    return isGone && spokeBefore ? this.#call(operation) : result;
  }

  #call(operation: Operation): Promise<Result<string | null>> {
    const child = (this.#process ??= this.#start());
    const id = this.#nextId++;
    return new Promise((resolve) => {
      const end = (result: Result<string | null>) => {
        clearTimeout(limit);
        clearTimeout(lastLimit);
        child.off('message', onMessage);
        child.off('exit', onExit);
        resolve(result);
      };
      const onMessage = (answer: SecretStoreAnswer | SecretStoreSign) => {
        if (answer.id !== id) return;
        if ('isAlive' in answer) {
          limit.refresh();
          return;
        }
        end(answer.ok ? succeed(answer.value) : fail(answer.code));
        // The keychain module stays with the keyring that it used first. A keyring that has restarted needs a new process.
        if (!answer.ok && answer.code === 'secret_store_missing') this.#drop(child);
      };
      const onExit = () => end(fail('secret_store_refused'));
      const giveUp = () => {
        end(fail(operation.operation === 'unlock' ? 'secret_store_locked' : 'secret_store_timeout'));
        this.#drop(child);
      };
      const limit = setTimeout(giveUp, callLimitMs(operation.operation, process.platform));
      const lastLimit = setTimeout(giveUp, unlockLimitMs);
      child.on('message', onMessage);
      child.on('exit', onExit);
      child.postMessage({ id, ...operation } satisfies SecretStoreCall);
    });
  }

  #start(): KeychainProcess {
    const child = this.#fork();
    child.on('exit', () => {
      if (this.#process === child) this.#process = null;
    });
    return child;
  }

  #drop(child: KeychainProcess): void {
    if (this.#process === child) this.#process = null;
    child.kill();
  }
}

function forkKeychain(modulePath: string): KeychainProcess {
  return utilityProcess.fork(modulePath, [], { serviceName: 'Keychain', stdio: 'ignore' });
}
