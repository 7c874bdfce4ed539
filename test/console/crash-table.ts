import type { Outcome } from './killed-console.ts';

interface Kill {
  readonly operation: string;
  readonly moment: string;
  readonly server: string;
  readonly outcome: Outcome;
}

/** The outcome for the license after every kill, counted by operation, moment and server. */
export class CrashTable {
  readonly #servers: readonly string[];
  readonly #kills: Kill[] = [];

  constructor(servers: readonly string[]) {
    this.#servers = servers;
  }

  note(operation: string, moment: string, server: string, outcome: Outcome): void {
    this.#kills.push({ operation, moment, server, outcome });
    if (outcome.became === 'lost') console.log(`S1: LOST ${operation}, ${moment}, ${server}: ${outcome.how}`);
  }

  get kills(): number {
    return this.#kills.length;
  }

  get lost(): readonly string[] {
    return this.#kills.filter(({ outcome }) => outcome.became === 'lost').map(say);
  }

  explainedAt(operation: string, server: string): readonly string[] {
    const there = this.#kills.filter((kill) => kill.operation === operation && kill.server === server);
    return there.filter(({ outcome }) => outcome.became === 'explained').map(say);
  }

  get text(): string {
    const operations = [...new Set(this.#kills.map(({ operation }) => operation))];
    const steps = operations.flatMap((operation) => {
      const moments = this.#kills.filter((kill) => kill.operation === operation).map(({ moment }) => moment);
      return [...new Set(moments)].map((moment) => [operation, moment] as const);
    });
    const rows = steps.map(([operation, moment]) => {
      const cells = this.#servers.map((server) =>
        countText(this.#kills.filter((k) => k.operation === operation && k.moment === moment && k.server === server)),
      );
      return [operation, moment, ...cells];
    });
    const total = this.#servers.map((server) => countText(this.#kills.filter((kill) => kill.server === server)));
    const lines = [['operation', 'killed', ...this.#servers], ...rows, ['all', '', ...total]];
    const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
    const drawn = lines.map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
    return `${drawn.join('\n')}\nS1: ${this.kills} kills -9 of the real console: ${countText(this.#kills)}`;
  }
}

function say({ operation, moment, server, outcome }: Kill): string {
  return `${operation}, ${moment}, ${server}: ${outcome.how}`;
}

const kinds = ['survived', 'explained', 'lost'] as const;

function countText(kills: readonly Kill[]): string {
  const count = (kind: string) => kills.filter(({ outcome }) => outcome.became === kind).length;
  if (kills.length === 0) return '-';
  if (kills.length > 1) return kinds.map((kind) => `${count(kind)} ${kind}`).join(', ');
  return kills[0]?.outcome.became ?? '';
}
